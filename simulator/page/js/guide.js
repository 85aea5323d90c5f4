// The guide: who is who, six steps through one case that tick themselves, and ideas beyond.

import { prefill, startPrivate } from "./composer.js";
import { sampleFile } from "./attach.js";
import { byId, prefersStillness } from "./dom.js";
import { again, drawNextStep, guideHead, ideaList, stepList, whoIsWho } from "./guideparts.js";
import { findMessage, glow, jumpTo } from "./jump.js";
import { fullName } from "./names.js";
import { IDEAS } from "./ideas.js";
import { byUsername, changed, chatById, listOf, remember, state, theGroup } from "./store.js";
import { PASS_BUTTON, TAKE_BUTTON, keyholder, progress, readStory } from "./story.js";
import { failed, toast } from "./toasts.js";
import { t } from "./words.js";

const OFFICER = "officer01";
let goTo = async () => undefined;
let showPeople = () => undefined;
let drawnAs = "";

export function setUpGuide(hooks) {
  goTo = hooks.goTo;
  showPeople = hooks.showPeople;
}

/** The people of the story: who reported (else officer01), and the repairer of the same number. */
function cast() {
  const story = readStory();
  const reporter = story.report
    ? state.people.find((one) => one.id === story.report.from.id)
    : null;
  const officer = reporter?.username?.startsWith("officer") ? reporter : byUsername(OFFICER);
  const repairer =
    byUsername(officer?.username?.replace("officer", "repairer")) ?? byUsername("repairer01");
  return { story, officer, repairer };
}

const STEPS = [
  ({ officer }) => goTo(officer.id).then(() => compose("manhole-broken-before", "captionStory")),
  ({ repairer, story }) => goTo(repairer.id).then(() => point(story.card, TAKE_BUTTON)),
  ({ repairer, story }) =>
    goTo(repairer.id).then(() => compose("manhole-broken-after", "captionMended", story.card)),
  ({ officer, story }) => goTo(officer.id).then(() => point(keyholder(story), PASS_BUTTON)),
  ({ repairer, story }) => goTo(repairer.id).then(() => point(keyholder(story), PASS_BUTTON)),
  ({ story }) => lookAt(story),
];

async function compose(sample, caption, reply = null) {
  prefill({ words: t(caption), files: [await sampleFile(sample)], reply });
}

function point(message, pattern) {
  jumpTo(message.message_id);
  const node = findMessage(message.message_id);
  const button = [...(node?.querySelectorAll("[data-text]") ?? [])].find((one) =>
    pattern.test(one.dataset.text),
  );
  if (!button) return;
  glow(button);
  button.focus({ preventScroll: true });
}

async function lookAt(story) {
  await goTo(state.me);
  jumpTo(story.card.message_id);
  if (!state.seen.includes(story.card.message_id)) state.seen.push(story.card.message_id);
  remember();
  changed({ guide: true });
}

function doStep(number) {
  closeGuideOnPhone();
  Promise.resolve(STEPS[number](cast())).catch(failed);
}

function doIdea(idea) {
  closeGuideOnPhone();
  const tools = { goTo, compose, prefill, point, newestCard, byUsername, greet, nothingFits };
  Promise.resolve(idea.run(tools)).catch(failed);
}

/** Stand in a person's private chat with the bot; it is started if it was not. */
async function greet(id) {
  await goTo(id, id);
  if (!chatById(id)) await startPrivate("");
}

/** The newest card on which a button still shows that matches; a mere notice only failing that. */
function newestCard(pattern) {
  const group = theGroup();
  const fitting = listOf(group?.id).filter(
    (message) =>
      message.from?.is_bot &&
      (message.reply_markup?.inline_keyboard ?? [])
        .flat()
        .some((button) => pattern.test(button.text)),
  );
  const namesRepairer = (message) => (message.text ?? message.caption ?? "").includes("🔧");
  return fitting.filter(namesRepairer).at(-1) ?? fitting.at(-1);
}

const nothingFits = () => toast(t("ideaNothing"));

export function drawGuide() {
  const { story, officer, repairer } = cast();
  if (!officer || !repairer) return;
  const done = progress(story);
  const names = { officer: fullName(officer), repairer: fullName(repairer) };
  const signature = JSON.stringify([done, names, document.documentElement.lang, state.me]);
  if (signature === drawnAs) return;
  drawnAs = signature;
  const next = done.indexOf(false);
  const box = byId("guide");
  const unfolded = [...box.querySelectorAll("details[open]")].map((one) => one.dataset.testid);
  const focused = document.activeElement?.closest?.("#guide [data-testid]")?.dataset.testid;
  const scrolled = box.scrollTop;
  box.replaceChildren(
    guideHead(done, () => showGuide(false)),
    stepList(done, next, names, doStep),
    next < 0 ? again(startAgain) : "",
    ideaList(IDEAS, doIdea),
    whoIsWho((id) => goTo(id).catch(failed), showPeople),
  );
  for (const name of unfolded) box.querySelector(`[data-testid="${name}"]`).open = true;
  box.scrollTop = scrolled;
  if (focused) box.querySelector(`[data-testid="${focused}"]`)?.focus({ preventScroll: true });
  drawNextStep(next, doStep);
}

function startAgain() {
  const numbers = listOf(theGroup().id).map((message) => message.message_id);
  state.guideFrom = Math.max(0, ...numbers);
  remember();
  changed({ guide: true });
}

const wide = () => matchMedia("(min-width: 1100px)").matches;

export function showGuide(open) {
  document.body.toggleAttribute("data-guide-open", open && !wide());
  document.body.toggleAttribute("data-guide-shut", !open && wide());
  byId("guide-toggle").setAttribute("aria-expanded", String(open));
  if (open) byId("guide").scrollTo({ top: 0, behavior: prefersStillness() ? "auto" : "smooth" });
  if (open && !wide()) byId("guide").querySelector("button")?.focus();
}

export function guideIsOpen() {
  return wide()
    ? !document.body.hasAttribute("data-guide-shut")
    : document.body.hasAttribute("data-guide-open");
}

function closeGuideOnPhone() {
  if (!wide()) showGuide(false);
}
