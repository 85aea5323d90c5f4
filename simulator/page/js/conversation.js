// The open chat: head, topics, pinned bar and the list of messages, kept in step with the store.

import { bubble, isService, serviceLine } from "./bubble.js";
import { beginReply } from "./composer.js";
import { byId, el, prefersStillness } from "./dom.js";
import { words as drawnWords } from "./emoji.js";
import { icon } from "./icons.js";
import { isJumping, jumpTo } from "./jump.js";
import { summary } from "./media.js";
import { avatar, chatTitle } from "./names.js";
import { bot, changed, keyOf, listOf, markRead, openChat, placeKey, state, unread } from "./store.js";
import { dayName, sameDay } from "./time.js";
import { currentLanguage, t } from "./words.js";

const NEAR_END = 120;
const drawn = new Map(); // key of a row -> {signature, node}
let shownPlace = null;
let firstUnread = null;
let following = true; // the list stays at its end while the person is there

export function drawConversation({ onBack }) {
  drawHead(onBack);
  drawTopics();
  drawPinned();
  drawMessages();
}

function drawHead(onBack) {
  const head = byId("chat-head");
  const chat = openChat();
  const back = el("button", {
    type: "button", class: "round back", "data-testid": "chat-back", "aria-label": t("back"), onclick: onBack,
  }, icon("back"));
  const people = chat?.members?.length ?? 0;
  const title = chat ? chatTitle(chat) : state.chat === null ? t("pickChat") : bot()?.first_name;
  const under = chat && chat.type !== "private" ? t("memberCount", { count: people }) : state.chat === null ? "" : t("withBot");
  const mark = state.chat === null ? null : chat && chat.type !== "private" ? avatar(chat, true) : avatar(bot());
  head.replaceChildren(back, ...[mark].filter(Boolean),
    el("div", { class: "chat-names" },
      el("h1", { "data-testid": "chat-title", tabindex: "-1" }, title), el("small", {}, under)));
}

function drawTopics() {
  const bar = byId("topics");
  const chat = openChat();
  bar.hidden = !chat?.is_forum;
  if (bar.hidden) {
    state.topic = null;
    return bar.replaceChildren();
  }
  const chip = (id, name) => el("button", {
    type: "button", class: "chip", "data-testid": `topic-${id ?? "all"}`, "aria-pressed": String(state.topic === id),
    onclick: () => {
      state.topic = id;
      shownPlace = null;
      changed({ chat: state.chat });
    },
  }, name);
  bar.replaceChildren(chip(null, t("allTopics")), chip(0, t("generalTopic")), ...chat.topics.map((topic) => chip(topic.id, topic.name)));
}

function inTopic(message) {
  if (state.topic === null) return true;
  return (message.message_thread_id ?? 0) === state.topic;
}

function drawPinned() {
  const bar = byId("pinned");
  const list = listOf(state.chat);
  const chat = openChat();
  const id = chat?.pinned?.at(-1);
  const target = list.find((message) => message.message_id === id);
  bar.hidden = !target;
  if (!target) return;
  bar.replaceChildren(icon("tack"), el("span", {}, el("b", {}, t("pinned")), el("span", {}, drawnWords(summary(target)))));
  bar.onclick = () => jumpTo(target.message_id);
}

/** Rows: day lines, the unread line, service lines, and bubbles (an album is one). */
function rowsOf(list) {
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
  key: "unread", signature: currentLanguage(), make: () => el("p", { class: "unread-line" }, t("unreadLine")),
});

const serviceRow = (message) => ({
  key: keyOf(message), signature: JSON.stringify([message, currentLanguage()]), make: () => serviceLine(message),
});

function bubbleRow(items, before) {
  const [message] = items;
  const joined = Boolean(before) && !isService(before) && before.from?.id === message.from?.id
    && !before.sender_chat && !message.sender_chat && sameDay(before.date, message.date)
    && message.date - before.date < 300 && !before.ephemeral_message_id === !message.ephemeral_message_id;
  return {
    key: keyOf(message),
    signature: JSON.stringify([items, joined, state.me, currentLanguage()]),
    make: () => bubble(items, { joined, onReply: beginReply }),
  };
}

function drawMessages() {
  const box = byId("messages");
  const place = `${placeKey()}:${state.topic}`;
  const arrived = shownPlace !== place;
  if (arrived) {
    shownPlace = place;
    drawn.clear();
    box.replaceChildren();
    firstUnread = unread(state.chat)[0]?.message_id ?? null;
    if (unread(state.chat).length === listOf(state.chat).length) firstUnread = null;
  }
  box.dataset.chat = state.chat ?? "";
  const rows = rowsOf(listOf(state.chat).filter(inTopic));
  reconcile(box, rows.length || state.chat === null ? rows : [emptyRow()]);
  rove(box);
  if (arrived) toEnd(true);
  settle();
}

const emptyRow = () => ({
  key: "empty", signature: currentLanguage() + Boolean(openChat()),
  make: () => el("div", { class: "empty" }, icon("camera"), el("b", {}, t("noMessages")), el("span", {}, t(openChat()?.type === "private" || !openChat() ? "noMessagesHintBot" : "noMessagesHint"))),
});

/** Make the box show the rows, keeping the nodes that stay. */
function reconcile(box, rows) {
  const wanted = new Set(rows.map((row) => row.key));
  for (const [key, entry] of drawn) {
    if (wanted.has(key)) continue;
    entry.node.remove();
    drawn.delete(key);
  }
  let cursor = box.firstChild;
  for (const row of rows) {
    const entry = drawn.get(row.key);
    let node = entry?.node;
    if (!entry || entry.signature !== row.signature) {
      node = row.make();
      if (entry) swap(entry.node, node, cursor === entry.node ? () => (cursor = node) : () => undefined);
      else if (drawn.size) node.classList.add("fresh");
      drawn.set(row.key, { signature: row.signature, node });
    }
    if (node === cursor) cursor = cursor.nextSibling;
    else box.insertBefore(node, cursor);
  }
}

/** Put the new node in place of the old one and keep the focus where it was. */
function swap(old, node, moved) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  moved();
  old.replaceWith(node);
  if (!focused) return;
  const twin = focused.dataset.text
    ? [...node.querySelectorAll("[data-text]")].find((one) => one.dataset.text === focused.dataset.text)
    : null;
  (twin ?? node).focus({ preventScroll: true });
  node.scrollIntoView({ block: "nearest" });
}

/** One message at a time is a tab stop; arrows move between them. */
function rove(box) {
  const articles = [...box.querySelectorAll("article")];
  const current = articles.find((one) => one.tabIndex === 0) ?? articles.at(-1);
  for (const one of articles) one.tabIndex = one === current ? 0 : -1;
}

export function moveThroughMessages(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const article = event.target.closest?.("article");
  if (!step || article !== event.target) return;
  const articles = [...byId("messages").querySelectorAll("article")];
  const next = articles[articles.indexOf(article) + step];
  if (!next) return;
  event.preventDefault();
  article.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

export function toEnd(instantly = false) {
  const scroll = byId("scroll");
  following = true;
  const behavior = instantly || prefersStillness() ? "auto" : "smooth";
  scroll.scrollTo({ top: scroll.scrollHeight, behavior });
}

const distanceToEnd = () => {
  const scroll = byId("scroll");
  return scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight;
};

/** Keep the end in view when messages come, pictures load or the composer grows. */
export function followTheEnd() {
  const observer = new ResizeObserver(() => {
    if (following && !isJumping()) toEnd();
    settle();
  });
  observer.observe(byId("messages"));
  observer.observe(byId("scroll"));
  byId("scroll").addEventListener("scroll", () => {
    following = distanceToEnd() < NEAR_END;
    settle();
  }, { passive: true });
}

/** Show the way to the end when it is far; what is on the screen counts as read. */
export function settle() {
  const far = distanceToEnd() > 2 * NEAR_END;
  byId("to-end").hidden = !far;
  const looking = document.visibilityState === "visible" && chatIsOnScreen();
  if (state.chat !== null && looking && !far) markRead(state.chat);
}

export const chatIsOnScreen = () => byId("chat").offsetParent !== null || getComputedStyle(byId("chat")).display !== "none";
