// Small parts of the composer.

import { el } from "./dom.js";
import { words as drawnWords } from "./emoji.js";
import { icon } from "./icons.js";
import { summary } from "./media.js";
import { senderName } from "./names.js";
import { t } from "./words.js";

/** The bar over the words: what is replied to, or edited. */
export function targetBar(target, editing, onCancel) {
  const title = editing ? t("editing") : t("replyingTo", { name: senderName(target) });
  return [
    icon(editing ? "edit" : "reply"),
    el(
      "span",
      {
        "data-testid": editing ? "composer-edit" : "composer-reply",
        "data-message-id": target.message_id,
      },
      el("b", {}, title),
      el("span", {}, drawnWords(summary(target))),
    ),
    el(
      "button",
      {
        type: "button",
        class: "round",
        "data-testid": "composer-cancel",
        "aria-label": t("cancel"),
        onclick: onCancel,
      },
      icon("close"),
    ),
  ];
}

/** One picture or file that is going to be sent. */
export function attachmentTile(one, onRemove) {
  const preview =
    one.kind === "photo"
      ? el("img", { src: one.url, alt: one.file.name })
      : el("span", { class: "tray-file" }, icon("file"), el("small", {}, one.file.name));
  return el(
    "div",
    { class: "attachment", "data-testid": "attachment", "data-name": one.file.name },
    preview,
    el(
      "button",
      {
        type: "button",
        class: "remove",
        "data-testid": "attachment-remove",
        "aria-label": t("remove", { name: one.file.name }),
        onclick: onRemove,
      },
      icon("close"),
    ),
  );
}
