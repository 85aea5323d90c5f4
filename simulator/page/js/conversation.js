// The open chat: head, topics, pinned bar and the list of messages, kept in step with the store.

import { byId, el } from "./dom.js";
import { words as drawnWords } from "./emoji.js";
import { icon } from "./icons.js";
import { jumpTo } from "./jump.js";
import { summary } from "./media.js";
import { avatar, chatTitle } from "./names.js";
import { clearRows, reconcile } from "./reconcile.js";
import { emptyRow, rowsOf } from "./rows.js";
import { settle, toEnd } from "./scrolling.js";
import { bot, changed, listOf, loadBackTo, openChat, placeKey, state, unread } from "./store.js";
import { failed } from "./toasts.js";
import { t } from "./words.js";

let shownPlace = null;
let firstUnread = null;

export function drawConversation({ onBack }) {
  drawHead(onBack);
  drawTopics();
  drawPinned();
  drawMessages();
}

function drawHead(onBack) {
  const head = byId("chat-head");
  const chat = openChat();
  const back = el(
    "button",
    {
      type: "button",
      class: "round back",
      "data-testid": "chat-back",
      "aria-label": t("back"),
      onclick: onBack,
    },
    icon("back"),
  );
  const people = chat?.members?.length ?? 0;
  const title = chat ? chatTitle(chat) : state.chat === null ? t("pickChat") : bot()?.first_name;
  const under =
    chat && chat.type !== "private"
      ? t("memberCount", { count: people })
      : state.chat === null
        ? ""
        : t("withBot");
  const mark =
    state.chat === null
      ? null
      : chat && chat.type !== "private"
        ? avatar(chat, true)
        : avatar(bot());
  head.replaceChildren(
    back,
    ...[mark].filter(Boolean),
    el(
      "div",
      { class: "chat-names" },
      el("h1", { "data-testid": "chat-title", tabindex: "-1" }, title),
      el("small", {}, under),
    ),
  );
}

function drawTopics() {
  const bar = byId("topics");
  const chat = openChat();
  bar.hidden = !chat?.is_forum;
  if (bar.hidden) {
    state.topic = null;
    return bar.replaceChildren();
  }
  const chip = (id, name) =>
    el(
      "button",
      {
        type: "button",
        class: "chip",
        "data-testid": `topic-${id ?? "all"}`,
        "aria-pressed": String(state.topic === id),
        onclick: () => {
          state.topic = id;
          shownPlace = null;
          changed({ chat: state.chat });
        },
      },
      name,
    );
  bar.replaceChildren(
    chip(null, t("allTopics")),
    chip(0, t("generalTopic")),
    ...chat.topics.map((topic) => chip(topic.id, topic.name)),
  );
}

function inTopic(message) {
  if (state.topic === null) return true;
  return (message.message_thread_id ?? 0) === state.topic;
}

function drawPinned() {
  const bar = byId("pinned");
  const target = state.pins.get(placeKey());
  bar.hidden = !target || !inTopic(target);
  if (bar.hidden) return;
  bar.replaceChildren(
    icon("tack"),
    el("span", {}, el("b", {}, t("pinned")), el("span", {}, drawnWords(summary(target)))),
  );
  bar.onclick = () => leadTo(target.message_id).catch(failed);
}

/** Jump to a message; one that is far back is fetched first, with all that came after it. */
async function leadTo(id) {
  if (jumpTo(id)) return;
  await loadBackTo(id);
  drawMessages();
  jumpTo(id);
}

function drawMessages() {
  const box = byId("messages");
  const place = `${placeKey()}:${state.topic}`;
  const arrived = shownPlace !== place;
  if (arrived) {
    shownPlace = place;
    clearRows(box);
    firstUnread = unread(state.chat)[0]?.message_id ?? null;
    if (unread(state.chat).length === listOf(state.chat).length) firstUnread = null;
  }
  box.dataset.chat = state.chat ?? "";
  const rows = rowsOf(listOf(state.chat).filter(inTopic), firstUnread);
  reconcile(box, rows.length || state.chat === null ? rows : [emptyRow()]);
  if (arrived) toEnd(true);
  settle();
}
