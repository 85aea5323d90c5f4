// Messages as rows of the list; a row knows its key, what it depends on, and how to be made.

import { bubble, serviceLine } from "./bubble.js";
import { beginReply } from "./composer.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { isService } from "./services.js";
import { keyOf, openChat, state } from "./store.js";
import { dayName, sameDay } from "./time.js";
import { currentLanguage, t } from "./words.js";

const JOINED_SECONDS = 300;

/** Rows: day lines, the unread line, service lines, and bubbles (an album is one). */
export function rowsOf(list, firstUnread) {
  const rows = [];
  let before = null;
  for (const items of albums(list)) {
    const [message] = items;
    if (!before || !sameDay(before.date, message.date)) rows.push(dayRow(message));
    if (message.message_id === firstUnread && before) rows.push(unreadRow());
    rows.push(isService(message) ? serviceRow(message) : bubbleRow(items, before));
    before = message;
  }
  return rows;
}

function albums(list) {
  const groups = [];
  const byGroup = new Map();
  for (const message of list) {
    const album = message.media_group_id;
    if (album && byGroup.has(album)) byGroup.get(album).push(message);
    else {
      const items = [message];
      groups.push(items);
      if (album) byGroup.set(album, items);
    }
  }
  return groups;
}

const dayRow = (message) => {
  const name = dayName(message.date);
  return { key: `d${message.date}`, signature: name, make: () => el("p", { class: "day" }, name) };
};

const unreadRow = () => ({
  key: "unread",
  signature: currentLanguage(),
  make: () => el("p", { class: "unread-line" }, t("unreadLine")),
});

const serviceRow = (message) => ({
  key: keyOf(message),
  signature: JSON.stringify([message, currentLanguage()]),
  make: () => serviceLine(message),
});

function bubbleRow(items, before) {
  const [message] = items;
  const joined =
    Boolean(before) &&
    !isService(before) &&
    before.from?.id === message.from?.id &&
    !before.sender_chat &&
    !message.sender_chat &&
    sameDay(before.date, message.date) &&
    message.date - before.date < JOINED_SECONDS &&
    !before.ephemeral_message_id === !message.ephemeral_message_id;
  return {
    key: keyOf(message),
    signature: JSON.stringify([items, joined, state.me, currentLanguage()]),
    make: () => bubble(items, { joined, onReply: beginReply }),
  };
}

export const emptyRow = () => ({
  key: "empty",
  signature: currentLanguage() + Boolean(openChat()),
  make: () =>
    el(
      "div",
      { class: "empty" },
      icon("camera"),
      el("b", {}, t("noMessages")),
      el(
        "span",
        {},
        t(openChat()?.type === "private" || !openChat() ? "noMessagesHintBot" : "noMessagesHint"),
      ),
    ),
});
