// Scrolls to a message and lets it glow, so that the eye finds it.

import { byId, prefersStillness } from "./dom.js";

export function findMessage(id) {
  const inside = byId("messages").querySelector(`[data-testid="photo"][data-message-id="${id}"]`);
  return (
    byId("messages").querySelector(`article[data-message-id="${id}"]`) ??
    inside?.closest("article") ??
    null
  );
}

const SETTLED_MS = 900;
let jumpedAt = -SETTLED_MS;

/** While the list still glides to a message, nothing else may scroll it. */
export const isJumping = () => performance.now() - jumpedAt < SETTLED_MS;

export function jumpTo(id) {
  const target = findMessage(id);
  if (!target) return false;
  target.scrollIntoView({ block: "center", behavior: prefersStillness() ? "auto" : "smooth" });
  jumpedAt = performance.now();
  glow(target);
  target.focus({ preventScroll: true });
  return true;
}

export function glow(node) {
  node.classList.remove("glow");
  requestAnimationFrame(() => node.classList.add("glow"));
  setTimeout(() => node.classList.remove("glow"), 2400);
}
