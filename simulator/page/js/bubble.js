// One message (or one album) as an element.

import { keyboardOf } from "./buttons.js";
import { el } from "./dom.js";
import { words as drawnWords } from "./emoji.js";
import { rich } from "./entities.js";
import { icon } from "./icons.js";
import { mediaOf, summary } from "./media.js";
import { openMenu } from "./menu.js";
import { avatar, fullName, roleOf, senderName } from "./names.js";
import { jumpTo } from "./jump.js";
import { serviceWords } from "./services.js";
import { person, state } from "./store.js";
import { hourMinute } from "./time.js";
import { t } from "./words.js";

const LONG_PRESS_MS = 600;

/** `items` is one message, or all of one album; `joined` hides the name under a bubble before. */
export function bubble(items, { joined, onReply }) {
  const [first] = items;
  const own = first.from?.id === state.me && !first.sender_chat;
  const secret = Boolean(first.ephemeral_message_id);
  const article = el("article", {
    class: classes(first, { own, secret, joined, items }),
    tabindex: "-1",
    "data-testid": "message",
    "data-message-id": first.message_id,
    "data-from": first.from?.username ?? first.from?.id,
    "data-own": own || null,
    "data-ephemeral": secret || null,
    "aria-label": label(items),
  });
  const body = el(
    "div",
    { class: "bubble" },
    secret ? secretMark() : null,
    head(first, own, joined),
    quote(first),
    mediaOf(items),
    words(items),
    foot(items, own),
  );
  const side = own
    ? null
    : joined
      ? el("span", { class: "avatar-gap" })
      : avatar(first.sender_chat ?? first.from, Boolean(first.sender_chat));
  article.append(
    ...[side, el("div", { class: "stack" }, body, keyboardOf(first), reactions(items))].filter(
      Boolean,
    ),
  );
  wire(article, body, items, onReply);
  return article;
}

export function serviceLine(message) {
  return el(
    "p",
    { class: "service", "data-testid": "service", "data-message-id": message.message_id },
    serviceWords(message),
  );
}

function classes(message, { own, secret, joined, items }) {
  const names = ["message"];
  if (own) names.push("own");
  if (secret) names.push("secret");
  if (joined) names.push("joined");
  if (message.from?.is_bot) names.push("from-bot");
  if (items.some((item) => item.photo?.length)) names.push("with-photo");
  if (!words(items)) names.push("no-words");
  return names.join(" ");
}

const captioned = (items) => items.find((item) => item.text ?? item.caption);

function label(items) {
  const [first] = items;
  const what = captioned(items)
    ? summary(captioned(items))
    : items.length > 1
      ? t("album", { count: items.length })
      : summary(first);
  return `${senderName(first)}, ${hourMinute(first.date)}: ${what}`;
}

function secretMark() {
  return el("div", { class: "secret-mark" }, icon("eye"), t("onlyYou"));
}

function head(message, own, joined) {
  const lines = [];
  if (!own && !joined) {
    const known = person(message.from?.id);
    const role = message.from?.is_bot ? "bot" : roleOf(known ?? message.from);
    lines.push(el("div", { class: `sender sender-${role}` }, senderName(message)));
  }
  if (message.forward_origin) {
    const origin = message.forward_origin;
    const name =
      fullName(origin.sender_user) ||
      origin.sender_user_name ||
      origin.chat?.title ||
      origin.sender_chat?.title ||
      "";
    lines.push(el("div", { class: "forwarded" }, icon("forward"), t("forwardedFrom", { name })));
  }
  if (message.via_bot)
    lines.push(el("div", { class: "forwarded" }, t("viaBot", { name: message.via_bot.username })));
  return lines;
}

function quote(message) {
  const target = message.reply_to_message;
  if (!target || target.forum_topic_created) return null;
  return el(
    "button",
    {
      type: "button",
      class: "quote",
      "data-testid": "message-reply",
      "aria-label": t("replyTo", { name: senderName(target) }),
      onclick: (event) => {
        event.stopPropagation();
        jumpTo(target.message_id);
      },
    },
    target.photo?.length
      ? el("img", { src: target.photo[0].url, alt: "", class: "quote-photo" })
      : null,
    el(
      "span",
      { class: "quote-words" },
      el("b", {}, senderName(target)),
      el("span", {}, drawnWords(summary(target))),
    ),
  );
}

function words(items) {
  const source = captioned(items);
  if (!source) return null;
  const text = source.text ?? source.caption;
  const entities = source.text !== undefined ? source.entities : source.caption_entities;
  return el(
    "div",
    { class: "words", "data-testid": "message-text", dir: "auto" },
    rich(text, entities),
  );
}

function foot(items, own) {
  const [first] = items;
  const marks = [];
  const edited = items.some((item) => item.edit_date);
  if (edited) marks.push(el("span", { "data-testid": "message-edited" }, t("edited")));
  if (first.from?.is_bot) marks.push(soundMark(first));
  marks.push(
    el("time", { datetime: new Date(first.date * 1000).toISOString() }, hourMinute(first.date)),
  );
  if (own) marks.push(icon("check"));
  return el("div", { class: "foot" }, marks);
}

function soundMark(message) {
  const words_ = t(message.silent ? "silent" : "loud");
  return el(
    "span",
    {
      class: message.silent ? "sound silent" : "sound loud",
      "data-testid": "message-sound",
      "data-loud": !message.silent || null,
      role: "img",
      "aria-label": words_,
      title: words_,
    },
    icon(message.silent ? "mute" : "bell"),
  );
}

function reactions(items) {
  const all = items.flatMap((item) => item.reactions ?? []);
  if (!all.length) return null;
  return el(
    "div",
    { class: "reactions" },
    all.map((one) => {
      const names = (one.users ?? []).map((id) => fullName(person(id))).join("、");
      return el(
        "span",
        { class: "reaction", "data-testid": "message-reaction", title: names },
        drawnWords(one.emoji ?? "⭐"),
        el("span", { class: "unseen" }, names),
        one.count > 1 ? ` ${one.count}` : "",
      );
    }),
  );
}

function wire(article, body, items, onReply) {
  const more = el(
    "button",
    {
      type: "button",
      class: "more",
      "data-testid": "message-more",
      "aria-label": t("more"),
      tabindex: "-1",
      onclick: (event) => {
        event.stopPropagation();
        openMenu(items, more);
      },
    },
    icon("more"),
  );
  body.append(more);
  body.addEventListener("click", (event) => {
    if (event.target.closest("a, button, audio, video, summary") || String(getSelection())) return;
    onReply(items[0]);
  });
  article.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    openMenu(items, more);
  });
  onLongPress(body, () => openMenu(items, more));
  article.addEventListener("keydown", (event) => {
    if (event.target !== article) return;
    if (event.key === "Enter") onReply(items[0]);
  });
}

/** Browsers that send no contextmenu event for a long touch get one by a timer. */
function onLongPress(node, action) {
  let timer = 0;
  const stop = () => clearTimeout(timer);
  node.addEventListener(
    "touchstart",
    () => {
      stop();
      timer = setTimeout(() => document.querySelector("dialog[open]") ?? action(), LONG_PRESS_MS);
    },
    { passive: true },
  );
  for (const name of ["touchend", "touchmove", "touchcancel"])
    node.addEventListener(name, stop, { passive: true });
}
