// What "I" write: words, pictures, files, a place, a reply, an edit; kept per person and chat.

import * as api from "./api.js";
import { askLocation, attachMenu } from "./attach.js";
import { attachmentTile, targetBar } from "./composerparts.js";
import { byId, el } from "./dom.js";
import { icon } from "./icons.js";
import { fullName } from "./names.js";
import { sendEdit, sendFiles, sendPlace, sendWords } from "./sending.js";
import {
  changed,
  loadChats,
  loadMessages,
  me,
  openChat,
  placeKey,
  remember,
  state,
} from "./store.js";
import { failed } from "./toasts.js";
import { t } from "./words.js";

const extras = new Map(); // place -> {attachments, reply, edit, before: what the edit pushed aside}
const nothing = () => ({ words: "", attachments: [] });
let shown = "";

function extra() {
  const key = placeKey();
  if (!extras.has(key))
    extras.set(key, { attachments: [], reply: null, edit: null, before: nothing() });
  return extras.get(key);
}

export function drawComposer() {
  const box = byId("composer");
  const chat = openChat();
  const mode =
    state.chat === null ? "none" : !chat ? "start" : !isMember(chat) ? "stranger" : "write";
  const signature = [placeKey(), mode, document.documentElement.lang].join();
  if (signature !== shown) {
    shown = signature;
    box.replaceChildren(
      ...{ none: () => [], start: startRow, stranger: strangerRow, write: writeRows }[mode](),
    );
    box.hidden = mode === "none";
  }
  if (mode === "write") drawExtras();
}

const isMember = (chat) => chat.type === "private" || (chat.members ?? []).includes(state.me);

function strangerRow() {
  return [el("p", { class: "composer-note" }, t("notMember", { name: fullName(me()) }))];
}

function startRow() {
  return [
    el("p", { class: "composer-note" }, t("startHint", { name: fullName(me()) })),
    el(
      "button",
      {
        type: "button",
        class: "primary start",
        "data-testid": "start",
        onclick: () => startPrivate(""),
      },
      t("start"),
    ),
  ];
}

export async function startPrivate(payload) {
  try {
    await api.post(state.me, { from: state.me, text: payload ? `/start ${payload}` : "/start" });
    await loadChats();
    state.chat = state.me;
    changed({ view: "chat" });
    await loadMessages(state.me);
  } catch (error) {
    failed(error);
  }
}

function writeRows() {
  const words = el("textarea", {
    id: "composer-text",
    class: "composer-text",
    rows: "1",
    "data-testid": "composer-text",
    enterkeyhint: "send",
    "aria-label": t("typeMessage"),
    placeholder: t("typeMessage"),
    onkeydown: keyPressed,
    oninput: () => (grow(words), keepDraft(words)),
    onpaste: pasted,
  });
  words.value = state.drafts[placeKey()] ?? "";
  queueMicrotask(() => grow(words));
  const attach = el(
    "button",
    {
      type: "button",
      class: "round",
      "data-testid": "attach",
      "aria-label": t("attach"),
      "aria-haspopup": "menu",
      onclick: () => attachMenu(attach, { addFiles, onLocation: () => askLocation(sendPlaceNow) }),
    },
    icon("clip"),
  );
  const send = el(
    "button",
    {
      type: "button",
      class: "round send",
      "data-testid": "composer-send",
      "aria-label": t("send"),
      onclick: sendAll,
    },
    icon("send"),
  );
  return [
    el("div", { class: "composer-bar", id: "composer-bar", hidden: true }),
    el("div", { class: "tray", id: "tray", hidden: true }),
    el("div", { class: "composer-row" }, attach, words, send),
  ];
}

function drawExtras() {
  const { attachments, reply, edit } = extra();
  const bar = byId("composer-bar");
  const target = edit ?? reply;
  bar.hidden = !target;
  bar.replaceChildren(...(target ? targetBar(target, Boolean(edit), cancelTarget) : []));
  const tray = byId("tray");
  tray.hidden = !attachments.length;
  tray.replaceChildren(
    ...attachments.map((one, index) => attachmentTile(one, () => removeAttachment(index))),
  );
  const words = byId("composer-text");
  words.placeholder = edit
    ? t(edit.photo ? "typeEditPhoto" : "typeEdit")
    : attachments.length
      ? t("typeCaption")
      : t("typeMessage");
}

function removeAttachment(index) {
  extra().attachments.splice(index, 1);
  drawExtras();
}

export function beginReply(message) {
  if (!byId("composer-text")) return;
  cancelEdit();
  extra().reply = message;
  drawExtras();
  byId("composer-text").focus();
}

export function beginEdit(message) {
  cancelEdit();
  const words = byId("composer-text");
  const before = { words: words.value, attachments: extra().attachments };
  Object.assign(extra(), { edit: message, reply: null, before, attachments: [] });
  setWords(message.text ?? message.caption ?? "");
  drawExtras();
  words.focus();
}

/** Drop the reply or the edit; true if there was one. */
export function cancelTarget() {
  const had = Boolean(extra().reply || extra().edit);
  cancelEdit();
  extra().reply = null;
  if (byId("composer-text")) {
    drawExtras();
    byId("composer-text").focus();
  }
  return had;
}

function cancelEdit() {
  const one = extra();
  if (!one.edit) return;
  Object.assign(one, { edit: null, attachments: one.before.attachments });
  setWords(one.before.words);
}

/** Prepare a message for "me" in the open chat; the last press stays with the person. */
export function prefill({ words = "", files = [], reply = null }) {
  drawComposer();
  if (!byId("composer-text")) return;
  cancelEdit();
  Object.assign(extra(), { attachments: [], reply });
  setWords(words);
  addFiles(files, "photo");
  byId("composer").classList.add("ready");
  setTimeout(() => byId("composer").classList.remove("ready"), 2400);
  byId("composer-text").focus();
}

export function addFiles(files, kind) {
  if (!byId("composer-text")) return;
  const one = extra();
  for (const file of files) {
    const picture = (kind ?? (file.type.startsWith("image/") ? "photo" : "document")) === "photo";
    const item = {
      file,
      kind: picture ? "photo" : "document",
      url: picture ? URL.createObjectURL(file) : null,
    };
    if (!one.edit) one.attachments.push(item);
    else if (one.edit.photo && picture) one.attachments = [item];
  }
  drawExtras();
}

function setWords(text) {
  const words = byId("composer-text");
  words.value = text;
  grow(words);
  keepDraft(words);
}

function keepDraft(words) {
  if (extra().edit) return;
  if (words.value) state.drafts[placeKey()] = words.value;
  else delete state.drafts[placeKey()];
  remember();
}

function grow(words) {
  words.style.setProperty("height", "auto");
  words.style.setProperty("height", `${Math.min(words.scrollHeight, 160)}px`);
}

function keyPressed(event) {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  sendAll();
}

function pasted(event) {
  const files = [...(event.clipboardData?.files ?? [])];
  if (!files.length) return;
  event.preventDefault();
  addFiles(files);
}

let sending = false;

async function sendAll() {
  if (sending) return;
  sending = true;
  try {
    await sendNow();
  } catch (error) {
    failed(error);
  } finally {
    sending = false;
  }
}

async function sendNow() {
  const one = extra();
  const [key, chat] = [placeKey(), state.chat];
  const text = byId("composer-text").value.trim();
  if (one.edit) await sendEdit(one.edit, text, one);
  else if (one.attachments.length) await sendFiles(chat, one, text);
  else if (text) await sendWords(chat, one, text);
  else return;
  for (const item of one.attachments) if (item.url) URL.revokeObjectURL(item.url);
  const rest = one.edit ? one.before : nothing();
  const { attachments } = rest;
  Object.assign(one, { attachments, reply: null, edit: null, before: nothing() });
  state.drafts[key] = rest.words;
  if (key === placeKey()) {
    setWords(rest.words);
    drawExtras();
  }
  changed({ sent: chat });
  loadMessages(chat);
}

async function sendPlaceNow(latitude, longitude) {
  const one = extra();
  try {
    await sendPlace(state.chat, one, latitude, longitude);
    one.reply = null;
    drawExtras();
    loadMessages(state.chat);
  } catch (error) {
    failed(error);
  }
}
