// Photos in full size, with arrow keys and swipes; Esc closes.

import { el, openDialog } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./words.js";

/** Show pictures [{url, label, caption}] from the one at `index`. */
export function openLightbox(pictures, index) {
  let at = index;
  const image = el("img", { class: "lightbox-image", "data-testid": "lightbox-image" });
  const caption = el("p", { class: "lightbox-caption" });
  const count = el("span", { class: "lightbox-count" });
  const button = (name, sign, label, action) =>
    el(
      "button",
      {
        type: "button",
        class: `round lightbox-${name}`,
        "data-testid": `lightbox-${name}`,
        "aria-label": t(label),
        onclick: action,
      },
      icon(sign),
    );

  function show(step) {
    at = (at + step + pictures.length) % pictures.length;
    image.src = pictures[at].url;
    image.alt = pictures[at].label;
    caption.textContent = pictures[at].caption ?? "";
    count.textContent = pictures.length > 1 ? `${at + 1} / ${pictures.length}` : "";
  }

  const close = button("close", "close", "close", () => dialog.close());
  const several = pictures.length > 1;
  const previous = several ? button("previous", "back", "previous", () => show(-1)) : null;
  const following = several ? button("next", "next", "next", () => show(1)) : null;
  const bar = el("div", { class: "lightbox-bar" }, caption, count);
  const dialog = openDialog(
    { class: "lightbox", "aria-label": t("lightbox"), "data-testid": "lightbox" },
    image,
    previous,
    following,
    close,
    bar,
  );
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowRight") show(1);
    else if (event.key === "ArrowLeft") show(-1);
  });
  swipe(image, show);
  show(0);
  close.focus();
}

function swipe(image, show) {
  let start = null;
  image.addEventListener("pointerdown", (event) => (start = event.clientX));
  image.addEventListener("pointerup", (event) => {
    const moved = event.clientX - (start ?? event.clientX);
    if (Math.abs(moved) > 40) show(moved < 0 ? 1 : -1);
    start = null;
  });
}
