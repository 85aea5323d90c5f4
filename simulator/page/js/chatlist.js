// The chats of the person "I" am: newest words, unread marks, a bell when something was loud.

import { byId, el } from "./dom.js";
import { words as drawnWords } from "./emoji.js";
import { icon } from "./icons.js";
import { summary } from "./media.js";
import { avatar, chatTitle, fullName, senderName } from "./names.js";
import { isService } from "./services.js";
import { bot, listOf, me, myChats, placeKey, state, unread } from "./store.js";
import { hourMinute } from "./time.js";
import { t } from "./words.js";

let pressed = false;
let undrawn = null; // what was to be drawn meanwhile

byId("chats").addEventListener("pointerdown", () => (pressed = true));
// The click comes right behind the pointer's end.
for (const end of ["pointerup", "pointercancel"])
  addEventListener(end, () => setTimeout(released));

function released() {
  const open = undrawn;
  [pressed, undrawn] = [false, null];
  if (open) drawChats(open);
}

/** Draw the list anew, but not under a finger: a press would be lost with the row it began on. */
export function drawChats(open) {
  if (pressed) {
    undrawn = open;
    return;
  }
  const chats = myChats();
  const rows = chats.map((chat) => row(chat, open));
  if (bot() && !chats.some((chat) => chat.type === "private")) rows.push(unstarted(open));
  const note = chats.length
    ? []
    : [el("li", { class: "no-chats" }, t("noChats", { name: fullName(me()) }))];
  byId("chats").replaceChildren(...note, ...rows);
}

function row(chat, open) {
  const list = listOf(chat.id);
  const last = list.at(-1);
  const waiting = unread(chat.id);
  const loud = waiting.some((message) => message.from?.is_bot && !message.silent);
  const group = chat.type !== "private";
  const line = preview(chat, last, group);
  return el(
    "li",
    {},
    el(
      "button",
      {
        type: "button",
        class: "chat-row",
        "data-testid": `chat-${chat.id}`,
        "aria-current": chat.id === state.chat ? "true" : null,
        onclick: () => open(chat.id),
      },
      avatar(group ? chat : bot(), group),
      el(
        "span",
        { class: "chat-row-words" },
        el(
          "span",
          { class: "chat-row-top" },
          el("b", {}, chatTitle(chat)),
          el("small", {}, last ? hourMinute(last.date) : ""),
        ),
        el(
          "span",
          { class: "chat-row-under" },
          line,
          waiting.length ? badge(waiting.length, loud) : null,
        ),
      ),
    ),
  );
}

function preview(chat, last, group) {
  const draft = state.drafts[placeKey(chat.id)];
  if (draft && chat.id !== state.chat)
    return el("span", { class: "preview draft" }, icon("edit"), draft);
  if (!last) return el("span", { class: "preview" }, t("noMessages"));
  const named = group && last.from?.id !== state.me && !isService(last);
  const who = named ? `${senderName(last)}: ` : "";
  return el("span", { class: "preview" }, drawnWords(who + summary(last)));
}

function badge(count, loud) {
  return el(
    "span",
    { class: loud ? "badge loud" : "badge", "data-testid": "unread" },
    loud ? icon("bell") : null,
    el("span", { "aria-hidden": "true" }, String(count)),
    el("span", { class: "unseen" }, t("unread", { count })),
  );
}

function unstarted(open) {
  return el(
    "li",
    {},
    el(
      "button",
      {
        type: "button",
        class: "chat-row",
        "data-testid": "chat-bot",
        "aria-current": state.chat === state.me ? "true" : null,
        onclick: () => open(state.me),
      },
      avatar(bot()),
      el(
        "span",
        { class: "chat-row-words" },
        el("span", { class: "chat-row-top" }, el("b", {}, fullName(bot()))),
        el("span", { class: "chat-row-under" }, el("span", { class: "preview" }, t("notStarted"))),
      ),
    ),
  );
}
