// Further things to try; each switches to the right person and prepares the rest.

import { move } from "./clockbar.js";
import { sampleFile } from "./attach.js";
import { fullName } from "./names.js";
import { person, state } from "./store.js";
import { secondsUntil } from "./time.js";
import { t } from "./words.js";

const TAKE = /^(接单|Take)/;
const PASS = /(查验通过|^Pass)/;
const REWORK = /(返工|Rework)/i;
const NOT_TODAY = /(今天修不完|Not today)/i;
const WORKING = /(开工|今天修不完|查验通过|Not today|Pass)/i;

const as = (username, prepare) => async (tools) => {
  await tools.goTo(tools.byUsername(username).id);
  await prepare?.(tools);
};

/** Be the one whom the newest fitting card concerns, and act on that card. */
const onCard = (patterns, concerned, username, prepare) => async (tools) => {
  const find = () => patterns.map(tools.newestCard).find(Boolean);
  if (!find()) await tools.goTo(tools.byUsername(username).id);
  const card = find();
  if (!card) return tools.nothingFits();
  await tools.goTo((concerned(card) ?? tools.byUsername(username)).id);
  await prepare(tools, card);
};

/** The repairer stands on the card behind the wrench. */
function repairer(card) {
  const behind = (card.text ?? card.caption ?? "").split("🔧")[1]?.trimStart() ?? "";
  return state.people.find((one) => one.username && behind.startsWith(fullName(one)));
}

/** The reporter sent the photo that the card answers. */
const reporter = (card) => person(card.reply_to_message?.from?.id);

const pointAt = (pattern) => (tools, card) => tools.point(card, pattern);

/** Somebody of the trade whom the card does not name. */
async function pressAsAnother(tools, card) {
  const named = repairer(card)?.username;
  const other = ["repairer02", "repairer03"].find((one) => one !== named);
  await tools.goTo(tools.byUsername(other).id);
  tools.point(card, TAKE);
}

export const IDEAS = [
  {
    name: "ordinary",
    title: "ideaOrdinary",
    run: as("officer03", ({ compose }) => compose("sign-tilted-before", "captionOrdinary")),
  },
  {
    name: "album",
    title: "ideaAlbum",
    run: as("officer03", async ({ prefill }) => {
      const names = ["paving-broken-before", "kerb-missing-before", "bin-overflowing-before"];
      prefill({ words: t("captionAlbum"), files: await Promise.all(names.map(sampleFile)) });
    }),
  },
  { name: "words", title: "ideaWords", run: onCard([TAKE, PASS], repairer, "repairer01", sayTaken) },
  { name: "wrong", title: "ideaWrong", run: onCard([TAKE], repairer, "repairer02", pressAsAnother) },
  {
    name: "promise",
    title: "ideaPromise",
    run: onCard([NOT_TODAY], repairer, "repairer01", pointAt(NOT_TODAY)),
  },
  {
    name: "sign",
    title: "ideaSign",
    run: onCard([WORKING, TAKE], repairer, "repairer01", ({ compose }, card) =>
      compose("manhole-missing-sign", "captionSign", card),
    ),
  },
  { name: "rework", title: "ideaRework", run: onCard([REWORK], reporter, "officer01", pointAt(REWORK)) },
  {
    name: "ladder",
    title: "ideaLadder",
    run: async ({ goTo }) => {
      await goTo(state.me);
      await move(600);
    },
  },
  {
    name: "digest",
    title: "ideaDigest",
    run: async (tools) => {
      await tools.greet(tools.byUsername("manager_east").id);
      await move(secondsUntil(17));
    },
  },
  {
    name: "mine",
    title: "ideaMine",
    run: as("repairer01", ({ prefill }) => prefill({ words: "/mine" })),
  },
  {
    name: "today",
    title: "ideaToday",
    run: as("supervisor01", ({ prefill }) => prefill({ words: "/today" })),
  },
];

function sayTaken({ prefill }, card) {
  prefill({ words: t("wordsTaken"), reply: card });
}
