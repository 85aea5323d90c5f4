// Further things to try; each switches to the right person and prepares the rest.

import { move } from "./clockbar.js";
import { sampleFile } from "./attach.js";
import { state } from "./store.js";
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

const pointAt =
  (pattern) =>
  ({ newestCard, point }) => {
    const card = newestCard(pattern);
    if (card) point(card, pattern);
  };

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
  { name: "words", title: "ideaWords", run: as("repairer01", replyWith("wordsTaken")) },
  { name: "wrong", title: "ideaWrong", run: as("repairer02", pointAt(TAKE)) },
  { name: "promise", title: "ideaPromise", run: as("repairer01", pointAt(NOT_TODAY)) },
  {
    name: "sign",
    title: "ideaSign",
    run: as("repairer01", ({ compose, newestCard }) =>
      compose(
        "manhole-missing-sign",
        "captionSign",
        newestCard(WORKING) ?? newestCard(TAKE) ?? null,
      ),
    ),
  },
  { name: "rework", title: "ideaRework", run: as("officer01", pointAt(REWORK)) },
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

function replyWith(key) {
  return ({ prefill, newestCard }) =>
    prefill({ words: t(key), reply: newestCard(TAKE) ?? newestCard(PASS) ?? null });
}
