// Puts the page together: loads, listens, and draws again what changed.

import { drawChats } from "./chatlist.js";
import { drawClock, readClock, runClock } from "./clockbar.js";
import { addFiles, cancelTarget, drawComposer, startPrivate } from "./composer.js";
import { drawConversation } from "./conversation.js";
import { byId } from "./dom.js";
import { drawGuide, guideIsOpen, setUpGuide, showGuide } from "./guide.js";
import { icon } from "./icons.js";
import { onDeepLink } from "./links.js";
import { listen } from "./live.js";
import { summary } from "./media.js";
import { senderName } from "./names.js";
import { choosePerson, drawMe } from "./people.js";
import { moveThroughMessages } from "./reconcile.js";
import { isService } from "./services.js";
import { chatIsOnScreen, followTheEnd, settle, toEnd } from "./scrolling.js";
import { allowSound, chime } from "./sound.js";
import {
  chatById,
  forgetIfReset,
  listOf,
  loadChats,
  loadMessages,
  loadMine,
  loadPeople,
  myChats,
  onChange,
  placeKey,
  remember,
  state,
  theGroup,
} from "./store.js";
import { announce, failed } from "./toasts.js";
import { loadWords, t, toggleLanguage } from "./words.js";

let drawPlanned = false;

function drawSoon() {
  if (drawPlanned) return;
  drawPlanned = true;
  requestAnimationFrame(() => {
    drawPlanned = false;
    draw();
  });
}

function draw() {
  drawMe(become);
  drawChats(open);
  drawConversation({ onBack: () => view("list") });
  drawComposer();
  drawGuide();
}

function view(name) {
  document.body.dataset.view = name;
  if (name === "list") byId("me").focus({ preventScroll: true });
  settle();
}

async function become(id) {
  if (id !== state.me) {
    state.me = id;
    const here =
      state.chat !== null && state.chat < 0 && myChats().some((chat) => chat.id === state.chat);
    if (!here) state.chat = matchMedia("(max-width: 759px)").matches ? null : firstPlace();
    remember();
  }
  await loadMine();
  if (state.chat === null) view("list");
  draw();
}

const firstPlace = () => myChats()[0]?.id ?? state.me;

async function open(chat) {
  state.chat = chat;
  state.topic = null;
  state.reach.delete(placeKey());
  if (chatById(chat)) await loadMessages(chat).catch(failed);
  view("chat");
  draw();
  toEnd(true);
}

/** For the guide: become someone and stand in the group (or in another chat). */
async function goTo(id, chat = theGroup()?.id) {
  await become(id);
  await open(chat);
}

async function heard(note) {
  if (note.kind === "chat") await heardOfChat(note.chat);
  else if (note.kind === "people") await loadPeople();
  else if (note.kind === "clock") await readClock();
  else if (note.kind === "chats") await reloadChats();
  drawSoon();
}

async function reloadChats() {
  await loadChats();
  await loadMine();
  for (const chat of myChats()) forgetIfReset(chat.id);
}

async function heardOfChat(chat) {
  await loadChats();
  if (!myChats().some((one) => one.id === chat)) return;
  const before = Math.max(0, ...listOf(chat).map((message) => message.message_id));
  const secrets = new Set(listOf(chat).map((message) => message.ephemeral_message_id));
  await loadMessages(chat);
  forgetIfReset(chat);
  const isNew = (message) =>
    message.message_id > before ||
    (message.ephemeral_message_id && !secrets.has(message.ephemeral_message_id));
  const fresh = listOf(chat).filter((message) => isNew(message) && message.from?.id !== state.me);
  tellOf(fresh);
  // What is for these eyes only answers a press, perhaps on a card far above.
  if (chat === state.chat && fresh.some((message) => message.ephemeral_message_id)) toEnd(true);
}

function tellOf(fresh) {
  for (const message of fresh) {
    const words = summary(message);
    announce(isService(message) ? words : t("newMessage", { name: senderName(message), words }));
  }
  if (fresh.some((message) => message.from?.is_bot && !message.silent)) chime();
}

async function reload() {
  byId("offline").hidden = true;
  await loadPeople();
  await Promise.all([reloadChats(), readClock()]);
  drawSoon();
}

function wordsChanged() {
  byId("language").textContent = t("language");
  byId("language").setAttribute("aria-label", t("languageLabel"));
  byId("language").lang = t("language") === "EN" ? "en" : "zh-CN";
  byId("guide-toggle").setAttribute("aria-label", t("guideOpen"));
  byId("to-end").setAttribute("aria-label", t("toEnd"));
  drawClock();
  draw();
}

function wireFrame() {
  byId("guide-toggle").append(icon("compass"));
  byId("to-end").append(icon("down"));
  byId("to-end").addEventListener("click", () => toEnd());
  byId("guide-toggle").addEventListener("click", () => showGuide(!guideIsOpen()));
  byId("language").addEventListener("click", () => {
    toggleLanguage();
    wordsChanged();
  });
  followTheEnd();
  byId("messages").addEventListener("keydown", moveThroughMessages);
  document.addEventListener("visibilitychange", () => settle());
  document.addEventListener("pointerdown", allowSound, { once: true });
  document.addEventListener("keydown", escape);
  wireDrop();
}

/** Esc goes one step back: from a reply or edit, the guide, the chat (at phone width). */
function escape(event) {
  if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]"))
    return;
  if (cancelTarget()) return;
  if (document.body.hasAttribute("data-guide-open")) showGuide(false);
  else if (document.body.dataset.view === "chat" && chatIsOnScreen()) view("list");
}

function wireDrop() {
  const drop = byId("drop");
  const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    drop.hidden = false;
  });
  addEventListener(
    "dragleave",
    (event) => (drop.hidden = event.relatedTarget === null || drop.hidden),
  );
  addEventListener("drop", (event) => {
    drop.hidden = true;
    if (!hasFiles(event)) return;
    event.preventDefault();
    addFiles([...event.dataTransfer.files]);
  });
}

async function start() {
  await loadWords();
  wireFrame();
  setUpGuide({ goTo, showPeople: () => choosePerson(become) });
  onDeepLink((payload) => startPrivate(payload).then(() => view("chat")));
  onChange((what) => {
    if (what.view) view(what.view);
    if (what.sent) toEnd(true);
    drawSoon();
  });
  await reload();
  if (!matchMedia("(max-width: 759px)").matches) state.chat = firstPlace();
  wordsChanged();
  runClock();
  listen({
    onNote: (note) => heard(note).catch(() => undefined),
    onOpen: () => reload().then(ready).catch(() => undefined),
    onLost: () => (byId("offline").hidden = false),
  });
}

/** From now on whatever is new is heard of, and said aloud. */
function ready() {
  document.body.dataset.ready = "true";
}

start().catch(failed);
