// Short answers: toasts pass by, alerts wait for an OK; also the voice for screen readers.

import { byId, el, openDialog } from "./dom.js";
import { t } from "./words.js";

const SHOWN_MS = 4500;

export function toast(words, kind = "info") {
  const node = el("div", { class: `toast toast-${kind}`, "data-testid": "toast" }, words);
  byId("toasts").append(node);
  setTimeout(() => node.remove(), SHOWN_MS);
}

export function alertBox(words) {
  const ok = el("button", { type: "button", class: "primary", "data-testid": "alert-ok" }, t("ok"));
  const box = openDialog(
    {
      class: "alert",
      role: "alertdialog",
      "data-testid": "alert",
      "aria-describedby": "alert-words",
    },
    el("p", { id: "alert-words" }, words),
    ok,
  );
  ok.addEventListener("click", () => box.close());
  ok.focus();
}

export const failed = (error) => toast(t("failed", { reason: error.message }), "bad");

export function announce(words) {
  const region = byId("announcer");
  region.append(el("p", {}, words));
  while (region.childElementCount > 5) region.firstElementChild.remove();
}
