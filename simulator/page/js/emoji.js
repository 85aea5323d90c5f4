// Emoji where no font has them: machines fresh from the installer would show empty boxes.
// The character stays in the text for screen readers and for copying; a drawing stands before it.

import { el } from "./dom.js";
import { icon } from "./icons.js";

const DRAWN = {
  "🔴": ["dot", "#e0352b"],
  "🟠": ["dot", "#f08a1d"],
  "🟡": ["dot", "#f2c230"],
  "🟢": ["dot", "#2fa84f"],
  "🔵": ["dot", "#2f7de1"],
  "⚪": ["dot", "#d5dcda"],
  "⚫": ["dot", "#39423f"],
  "🔧": ["wrench", "#8a6a3b"],
  "👮": ["shield", "#1c6dab"],
  "📍": ["pin", "#d0342c"],
  "📷": ["camera", "#52625e"],
  "⏳": ["clock", "#b45309"],
  "📋": ["file", "#52625e"],
  "💬": ["speech", "#2f7de1"],
  "👀": ["eye", "#52625e"],
  "✍": ["edit", "#b45309"],
  "👌": ["check", "#1d7a3a"],
  "🫡": ["salute", "#1c6dab"],
  "🤔": ["question", "#b45309"],
  "⚠": ["warning", "#c77700"],
  "🎤": ["speech", "#52625e"],
  "📌": ["tack", "#d0342c"],
  "🌙": ["moon", "#b08a1d"],
  "🔕": ["mute", "#52625e"],
  "🔔": ["bell", "#b45309"],
  "📊": ["chart", "#2f7de1"],
  "📈": ["chart", "#2fa84f"],
  "📉": ["chart", "#e0352b"],
  "📅": ["calendar", "#52625e"],
  "⏰": ["clock", "#e0352b"],
  "⏸": ["pause", "#52625e"],
  "📄": ["file", "#52625e"],
  "📝": ["edit", "#52625e"],
  "✅": ["check", "#1d7a3a"],
  "🚧": ["warning", "#c77700"],
};
const PATTERN = new RegExp(`(?:${Object.keys(DRAWN).join("|")})\\uFE0F?`, "gu");

let lacking = null;

/** Whether a red circle comes out without any red: then no colour font is installed. */
function fontIsLacking() {
  const canvas = el("canvas", { width: 24, height: 24 });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.font = "20px sans-serif";
  pen.fillText("🔴", 0, 20);
  const pixels = pen.getImageData(0, 0, 24, 24).data;
  for (let at = 0; at < pixels.length; at += 4) {
    if (pixels[at + 3] > 0 && pixels[at] - pixels[at + 1] > 60) return false;
  }
  return true;
}

/** The words as nodes; each emoji that no font has gets its drawing. */
export function words(text) {
  lacking ??= fontIsLacking();
  if (!lacking) return [text];
  const nodes = [];
  let at = 0;
  for (const match of text.matchAll(PATTERN)) {
    nodes.push(text.slice(at, match.index), drawing(match[0]));
    at = match.index + match[0].length;
  }
  nodes.push(text.slice(at));
  return nodes.filter((node) => node !== "");
}

function drawing(character) {
  const [name, colour] = DRAWN[character.replace("\uFE0F", "")];
  const mark = el("span", { class: `emoji emoji-${name}`, style: { color: colour } });
  mark.append(
    name === "dot" ? el("i", {}) : icon(name),
    el("span", { class: "unseen" }, character),
  );
  return mark;
}
