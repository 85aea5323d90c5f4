// What the page knows: people, chats, messages; who "I" am; which chat is open; what was read.

import * as api from "./api.js";

const WINDOW = 250;
const PAGE = 1000;
const NEAR = 9;
const KEY = "xunchaqun.page";

const kept = JSON.parse(localStorage.getItem(KEY) || "{}");
const listeners = new Set();
const loading = new Map();

export const state = {
  people: [],
  chats: [],
  me: kept.me ?? null,
  chat: null,
  topic: null,
  messages: new Map(), // "viewer:chat" -> list of messages
  pins: new Map(), // "viewer:chat" -> the pinned message that was sent last, however old
  reach: new Map(), // "viewer:chat" -> the id from which on all messages are wanted
  reading: kept.reading ?? {}, // "viewer:chat" -> newest message id that was seen
  drafts: kept.drafts ?? {}, // "viewer:chat" -> words
  presses: kept.presses ?? [], // what was pressed here: {chat, message, user, text, accepted}
  guideFrom: kept.guideFrom ?? 0,
  seen: kept.seen ?? [],
};

export function remember() {
  const { me, reading, drafts, presses, guideFrom, seen } = state;
  localStorage.setItem(KEY, JSON.stringify({ me, reading, drafts, presses, guideFrom, seen }));
}

export function onChange(listener) {
  listeners.add(listener);
}

export function changed(what) {
  for (const listener of listeners) listener(what);
}

export const me = () => state.people.find((person) => person.id === state.me);
export const person = (id) => state.people.find((one) => one.id === id);
export const byUsername = (name) => state.people.find((one) => one.username === name);
export const bot = () => state.people.find((one) => one.is_bot);
export const chatById = (id) =>
  state.chats.find((chat) => chat.id === id && (chat.type !== "private" || chat.bot === bot()?.id));
export const openChat = () => chatById(state.chat);
export const placeKey = (chat = state.chat, viewer = state.me) => `${viewer}:${chat}`;
export const listOf = (chat, viewer = state.me) => state.messages.get(placeKey(chat, viewer)) ?? [];
export const keyOf = (message) =>
  message.ephemeral_message_id ? `e${message.ephemeral_message_id}` : `m${message.message_id}`;

/** The chats in which "I" am, groups first; a private chat exists once it was started. */
export function myChats() {
  const mine = state.chats.filter((chat) =>
    chat.type === "private"
      ? chat.id === state.me && chat.bot === bot()?.id
      : (chat.members ?? []).includes(state.me),
  );
  return mine.sort((one, two) => (one.type === "private") - (two.type === "private"));
}

export const theGroup = () => state.chats.find((chat) => chat.type !== "private");

export async function loadPeople() {
  state.people = await api.people();
  const stays = state.people.some((one) => one.id === state.me && !one.is_bot);
  if (!stays)
    state.me = (byUsername("officer01") ?? state.people.find((one) => !one.is_bot))?.id ?? null;
}

export async function loadChats() {
  state.chats = await api.chats();
  const moved = state.chat !== null && state.chat < 0 && !chatById(state.chat);
  if (moved) state.chat = myChats().find((chat) => chat.type !== "private")?.id ?? null;
}

/** Fetch a chat as "I" see it; calls that come while one runs are answered by one more run. */
export function loadMessages(chat) {
  const viewer = state.me;
  const key = placeKey(chat, viewer);
  if (loading.has(key)) {
    loading.get(key).again = true;
    return loading.get(key).done;
  }
  const run = { again: false, done: null };
  loading.set(key, run);
  run.done = fetchUntilQuiet(run, chat, viewer, key).finally(() => loading.delete(key));
  return run.done;
}

async function fetchUntilQuiet(run, chat, viewer, key) {
  do {
    run.again = false;
    state.messages.set(key, await newest(chat, viewer, key));
    state.pins.set(key, await pinnedOf(chat, viewer, key));
  } while (run.again);
  changed({ chat });
}

async function newest(chat, viewer, key) {
  const reach = state.reach.get(key) ?? Infinity;
  const most = reach === Infinity ? WINDOW : Infinity;
  const last = newestIn(state.messages.get(key) ?? []);
  let page = await api.messages(chat, viewer, Math.max(0, Math.min(last - WINDOW, reach - 1)), PAGE);
  let list = page;
  while (page.length >= PAGE) {
    page = await api.messages(chat, viewer, newestIn(page), PAGE);
    list = [...list.slice(-most), ...page];
  }
  return list.slice(-2 * most);
}

const newestIn = (list) => Math.max(0, ...list.map((message) => message.message_id));

async function pinnedOf(chat, viewer, key) {
  const id = chatById(chat)?.pinned?.at(-1);
  if (!id) return null;
  const isIt = (message) => message.message_id === id;
  const near = state.messages.get(key).find(isIt);
  return near ?? (await api.messages(chat, viewer, id - 1, NEAR)).find(isIt) ?? null;
}

/** Fetch the open chat from a message on, which was sent too long ago to be in the list. */
export function loadBackTo(id) {
  state.reach.set(placeKey(), id);
  return loadMessages(state.chat);
}

export async function loadMine() {
  await Promise.all(myChats().map((chat) => loadMessages(chat.id).catch(() => undefined)));
}

export function unread(chat) {
  const seen = state.reading[placeKey(chat)] ?? 0;
  return listOf(chat).filter(
    (message) => message.message_id > seen && message.from?.id !== state.me,
  );
}

export function markRead(chat) {
  const list = listOf(chat);
  const newestId = Math.max(0, ...list.map((message) => message.message_id));
  if (state.reading[placeKey(chat)] === newestId) return;
  state.reading[placeKey(chat)] = newestId;
  remember();
  changed({ read: chat });
}

/** Forget what was kept when the simulator began anew: ids start again then. */
export function forgetIfReset(chat) {
  const list = listOf(chat);
  const newestId = Math.max(0, ...list.map((message) => message.message_id));
  if ((state.reading[placeKey(chat)] ?? 0) <= newestId) return;
  state.reading = {};
  state.presses = [];
  state.seen = [];
  state.guideFrom = 0;
  remember();
}
