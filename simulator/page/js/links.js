// Links of messages and buttons; t.me links to the bot lead into its private chat here.

import { bot } from "./store.js";

let startPrivate = () => undefined;

export function onDeepLink(handler) {
  startPrivate = handler;
}

/** Follow https://t.me/<bot>?start=<payload> inside the page; other links open as they do. */
export function followLink(event, address) {
  const payload = deepLink(address);
  if (payload === null) return;
  event.preventDefault();
  event.stopPropagation();
  startPrivate(payload);
}

export function deepLink(address) {
  const match = /^(?:https?:\/\/t\.me\/|tg:\/\/resolve\?domain=)([A-Za-z0-9_]+)[?&]?(.*)$/i.exec(
    address,
  );
  if (!match || match[1].toLowerCase() !== bot()?.username?.toLowerCase()) return null;
  return new URLSearchParams(match[2]).get("start") ?? "";
}
