// Words with their entities as DOM nodes; offsets count UTF-16 units, as JavaScript strings do.

import { el } from "./dom.js";
import { words as drawnWords } from "./emoji.js";
import { followLink } from "./links.js";
import { relative } from "./time.js";

const SIMPLE = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};

/** A fragment with the text; nested entities become nested elements. */
export function rich(text, entities = []) {
  const sorted = [...entities].sort(
    (one, two) => one.offset - two.offset || two.length - one.length,
  );
  return part(text, sorted, 0, text.length);
}

function part(text, entities, from, to) {
  const fragment = document.createDocumentFragment();
  let at = from;
  for (let index = 0; index < entities.length; index += 1) {
    const entity = entities[index];
    const end = Math.min(entity.offset + entity.length, to);
    if (entity.offset < at || end <= entity.offset) continue;
    fragment.append(...drawnWords(text.slice(at, entity.offset)));
    const inside = entities.slice(index + 1).filter((one) => one.offset < end);
    fragment.append(
      wrapped(entity, text.slice(entity.offset, end), part(text, inside, entity.offset, end)),
    );
    at = end;
  }
  fragment.append(...drawnWords(text.slice(at, to)));
  return fragment;
}

function wrapped(entity, words, children) {
  if (SIMPLE[entity.type]) return el(SIMPLE[entity.type], {}, children);
  switch (entity.type) {
    case "url":
      return link(words, children);
    case "text_link":
      return link(entity.url, children);
    case "email":
      return link(`mailto:${words}`, children);
    case "mention":
    case "text_mention":
      return el("span", { class: "mention", "data-user": entity.user?.id }, children);
    case "bot_command":
    case "hashtag":
    case "cashtag":
      return el("span", { class: "tag" }, children);
    case "spoiler":
      return spoiler(children);
    case "date_time":
      return dateTime(entity, words);
    default:
      return children;
  }
}

function link(address, children) {
  const safe = /^(https?|mailto|tel|tg):/i.test(address) ? address : `https://${address}`;
  const attributes = { href: safe, target: "_blank", rel: "noopener noreferrer" };
  return el("a", { ...attributes, onclick: (event) => followLink(event, safe) }, children);
}

function spoiler(children) {
  const node = el("button", { class: "spoiler", type: "button" }, children);
  node.addEventListener("click", () => node.classList.add("shown"), { once: true });
  return node;
}

/** The client prints the moment itself, as Telegram's clients do; "r" means relative to now. */
function dateTime(entity, words) {
  const unix = entity.unix_time;
  if (!unix) return document.createTextNode(words);
  const moment = new Date(unix * 1000);
  const node = el("time", { class: "moment", datetime: moment.toISOString(), title: words });
  const format = entity.date_time_format ?? "";
  node.dataset.unix = String(unix);
  node.dataset.format = format;
  node.textContent = relative(unix, format, words);
  return node;
}

export function refreshMoments(root = document) {
  for (const node of root.querySelectorAll("time.moment")) {
    node.textContent = relative(Number(node.dataset.unix), node.dataset.format, node.title);
  }
}
