// The menu of a message: reply, forward, and for one's own also edit and delete.

import * as api from "./api.js";
import { beginEdit, beginReply } from "./composer.js";
import { el, openDialog } from "./dom.js";
import { icon } from "./icons.js";
import { avatar, chatTitle } from "./names.js";
import { bot, myChats, state } from "./store.js";
import { failed } from "./toasts.js";
import { t } from "./words.js";

export function openMenu(items, anchor) {
  const [first] = items;
  const own = first.from?.id === state.me && !first.sender_chat && !first.ephemeral_message_id;
  const menu = openDialog({ class: "menu", role: "menu", "aria-label": t("more") });
  const entry = (name, sign, action) =>
    menu.append(
      el(
        "button",
        {
          type: "button",
          role: "menuitem",
          "data-testid": `menu-${name}`,
          onclick: () => {
            menu.close();
            action();
          },
        },
        icon(sign),
        t(name),
      ),
    );
  entry("reply", "reply", () => beginReply(first));
  entry("forward", "forward", () => forward(items));
  if (own) {
    const worded = items.find((item) => item.caption) ?? first;
    if (worded.text !== undefined || worded.photo || worded.document)
      entry("edit", "edit", () => beginEdit(worded));
    entry("delete", "trash", () => removeAll(items));
  }
  placeAt(menu, anchor);
  menu.addEventListener("keydown", (event) => moveFocus(event, menu));
  menu.querySelector("button").focus();
}

function placeAt(menu, anchor) {
  // On touch screens the button is not shown: the menu then opens at its bubble.
  const shown = anchor.getClientRects().length ? anchor : anchor.parentElement;
  const spot = shown.getBoundingClientRect();
  const size = menu.getBoundingClientRect();
  const left = Math.min(Math.max(8, spot.right - size.width), innerWidth - size.width - 8);
  const below = spot.bottom + size.height + 8 < innerHeight;
  const top = below ? spot.bottom + 4 : Math.max(8, spot.top - size.height - 4);
  menu.style.setProperty("left", `${left}px`);
  menu.style.setProperty("top", `${Math.min(top, innerHeight - size.height - 8)}px`);
}

function moveFocus(event, menu) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const entries = [...menu.querySelectorAll("button")];
  const next = entries.indexOf(document.activeElement) + step;
  entries[(next + entries.length) % entries.length].focus();
}

async function removeAll(items) {
  try {
    for (const item of items) await api.remove(item.chat.id, item.message_id, state.me);
  } catch (error) {
    failed(error);
  }
}

function forward(items) {
  const picker = openDialog(
    { class: "panel picker", "aria-label": t("forwardTo") },
    el("h2", {}, t("forwardTo")),
  );
  const places = myChats().map((chat) => [
    chat.id,
    chatTitle(chat),
    chat.type === "private" ? bot() : chat,
    chat.type !== "private",
  ]);
  for (const [id, title, who, group] of places) {
    picker.append(
      el(
        "button",
        {
          type: "button",
          class: "entry",
          "data-testid": `forward-${id}`,
          onclick: () => {
            picker.close();
            sendOn(items, id);
          },
        },
        avatar(who, group),
        title,
      ),
    );
  }
}

async function sendOn(items, chat) {
  try {
    for (const item of items) await api.post(chat, await copyOf(item), await filesOf(item));
  } catch (error) {
    failed(error);
  }
}

async function copyOf(item) {
  const author = item.forward_origin?.sender_user?.id ?? item.from.id;
  const fields = { from: state.me, forward_from: author };
  if (item.text !== undefined) fields.text = item.text;
  if (item.caption) fields.caption = item.caption;
  if (item.location)
    Object.assign(fields, { latitude: item.location.latitude, longitude: item.location.longitude });
  return fields;
}

async function filesOf(item) {
  const source = item.photo?.at(-1) ?? item.document ?? item.video ?? item.voice;
  if (!source) return [];
  const blob = await (await fetch(source.url)).blob();
  const kind = ["photo", "document", "video", "voice"].find((name) => item[name]);
  return [[kind, new File([blob], source.file_name ?? `${kind}.jpg`, { type: blob.type })]];
}
