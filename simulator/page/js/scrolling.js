// Where the list of messages stands: it follows its end while the person is there.

import { byId, prefersStillness } from "./dom.js";
import { isJumping } from "./jump.js";
import { markRead, state } from "./store.js";

const NEAR_END = 120;
let following = true;

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
  byId("scroll").addEventListener(
    "scroll",
    () => {
      following = distanceToEnd() < NEAR_END;
      settle();
    },
    { passive: true },
  );
}

/** Show the way to the end when it is far; what is on the screen counts as read. */
export function settle() {
  const far = distanceToEnd() > 2 * NEAR_END;
  byId("to-end").hidden = !far;
  const looking = document.visibilityState === "visible" && chatIsOnScreen();
  if (state.chat !== null && looking && !far) markRead(state.chat);
}

export const chatIsOnScreen = () =>
  byId("chat").offsetParent !== null || getComputedStyle(byId("chat")).display !== "none";
