// Brings the list of messages in step with its rows; what stays the same keeps node and focus.

import { byId } from "./dom.js";

const drawn = new Map(); // key of a row -> {signature, node}

export function clearRows(box) {
  drawn.clear();
  box.replaceChildren();
}

/** Make the box show the rows, keeping the nodes that stay. */
export function reconcile(box, rows) {
  const wanted = new Set(rows.map((row) => row.key));
  for (const [key, entry] of drawn) {
    if (wanted.has(key)) continue;
    entry.node.remove();
    drawn.delete(key);
  }
  let cursor = box.firstChild;
  for (const row of rows) {
    const entry = drawn.get(row.key);
    let node = entry?.node;
    if (!entry || entry.signature !== row.signature) {
      node = row.make();
      if (entry)
        swap(entry.node, node, cursor === entry.node ? () => (cursor = node) : () => undefined);
      else if (drawn.size) node.classList.add("fresh");
      drawn.set(row.key, { signature: row.signature, node });
    }
    if (node === cursor) cursor = cursor.nextSibling;
    else box.insertBefore(node, cursor);
  }
  rove(box);
}

/** Put the new node in place of the old one and keep the focus where it was. */
function swap(old, node, moved) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  moved();
  old.replaceWith(node);
  if (!focused) return;
  const twin = focused.dataset.text
    ? [...node.querySelectorAll("[data-text]")].find(
        (one) => one.dataset.text === focused.dataset.text,
      )
    : null;
  (twin ?? node).focus({ preventScroll: true });
  node.scrollIntoView({ block: "nearest" });
}

/** One message at a time is a tab stop; arrows move between them. */
function rove(box) {
  const articles = [...box.querySelectorAll("article")];
  const current = articles.find((one) => one.tabIndex === 0) ?? articles.at(-1);
  for (const one of articles) one.tabIndex = one === current ? 0 : -1;
}

export function moveThroughMessages(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const article = event.target.closest?.("article");
  if (!step || article !== event.target) return;
  const articles = [...byId("messages").querySelectorAll("article")];
  const next = articles[articles.indexOf(article) + step];
  if (!next) return;
  event.preventDefault();
  article.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}
