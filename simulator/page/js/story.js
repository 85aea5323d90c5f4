// Reads from the group how far the first case has come; the guide ticks its steps by it.

import { listOf, person, state, theGroup } from "./store.js";

const TAKE = /^(接单|Take)/;
const PASS = /(查验通过|^Pass)/;
const CLOSED = /(已结案|Closed)/i;
const PASS_WORDS = /^(通过|合格|验收通过|可以|pass(ed)?)[!！。.]*$/i;

const buttons = (message) => (message.reply_markup?.inline_keyboard ?? []).flat();
const wordsOf = (message) => message.text ?? message.caption ?? "";
const isReplyTo = (message, ids) => ids.includes(message.reply_to_message?.message_id);
const by = (message, role) => Boolean(person(message.from?.id)?.username?.startsWith(role));

const hasButton = (message, pattern) =>
  buttons(message).some((button) => pattern.test(button.text));

/** The messages of the case the guide follows: {report, card, fix, sheet}, as far as they exist. */
export function readStory() {
  const group = theGroup();
  if (!group) return {};
  const list = listOf(group.id).filter((message) => message.message_id > state.guideFrom);
  const cards = list.filter(
    (message) => message.from?.is_bot && !message.photo && answersPhoto(message),
  );
  const card = cards.find((message) => by(message.reply_to_message, "officer")) ?? cards[0];
  if (!card) return { group };
  const report = card.reply_to_message;
  const ids = [card.message_id, report.message_id];
  const fix = list.find(
    (message) =>
      message.photo &&
      !message.from?.is_bot &&
      isReplyTo(message, ids) &&
      message.from.id !== report.from.id,
  );
  const sheet = list
    .filter((message) => message.photo && message.from?.is_bot && isReplyTo(message, ids))
    .at(-1);
  const live = list.find((message) => message.message_id === report.message_id) ?? report;
  return { group, report: live, card, fix, sheet, list };
}

const answersPhoto = (message) =>
  Boolean(message.reply_to_message?.photo) && !message.reply_to_message.from?.is_bot;

/** Which of the six steps are done. */
export function progress(story = readStory()) {
  const { card, fix, sheet, report } = story;
  if (!card) return [false, false, false, false, false, false];
  const closed = CLOSED.test(wordsOf(card));
  const taken = closed || Boolean(fix) || !hasButton(card, TAKE);
  const patrol = closed || passed(story, (user) => user === report.from.id || !isRepair(user));
  const repair = closed || passed(story, isRepair);
  return [
    true,
    taken,
    closed || Boolean(fix && sheet),
    patrol,
    repair,
    closed && state.seen.includes(card.message_id),
  ];
}

const isRepair = (user) => /^(repairer|standby|manager)/.test(person(user)?.username ?? "");

function passed({ card, sheet, fix, report, list }, who) {
  const ids = [card, sheet, fix, report].filter(Boolean).map((message) => message.message_id);
  const pressed = state.presses.some(
    (one) =>
      one.accepted &&
      one.chat === card.chat.id &&
      ids.includes(one.message) &&
      PASS.test(one.text) &&
      who(one.user),
  );
  return (
    pressed ||
    list.some((one) => PASS_WORDS.test(wordsOf(one)) && isReplyTo(one, ids) && who(one.from.id))
  );
}

/** The message that carries the keys: the sheet, or the card where the sheet has none. */
export function keyholder({ card, sheet }) {
  return sheet && hasButton(sheet, PASS) ? sheet : card;
}

export const TAKE_BUTTON = TAKE;
export const PASS_BUTTON = PASS;
