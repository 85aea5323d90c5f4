// How people and chats are called and coloured: by what they do in the town.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { bot, person } from "./store.js";
import { currentLanguage, t } from "./words.js";

export const ROLES = [
  ["officer", "roleOfficer"],
  ["repairer", "roleRepairer"],
  ["standby", "roleStandby"],
  ["manager", "roleManager"],
  ["supervisor", "roleSupervisor"],
  ["leader", "roleLeader"],
  ["clerk", "roleClerk"],
  ["citizen", "roleCitizen"],
  ["other", "roleOther"],
];

export function roleOf(someone) {
  const found = ROLES.find(([role]) => someone.username?.startsWith(role));
  return found ? found[0] : "other";
}

export const fullName = (someone) =>
  someone ? [someone.first_name, someone.last_name].filter(Boolean).join(" ") : "";

export function about(someone) {
  const words = someone?.about?.[currentLanguage()];
  if (words) return words;
  return t(ROLES.find(([role]) => role === roleOf(someone))[1]);
}

export function chatTitle(chat) {
  return chat.type === "private" ? fullName(bot()) : chat.title;
}

export function senderName(message) {
  return message.sender_chat ? message.sender_chat.title : fullName(message.from);
}

/** A round mark: the end of a Chinese name, or the initials. */
export function avatar(someone, group = false) {
  const name = group ? someone.title : fullName(someone);
  const role = group ? "group" : someone.is_bot ? "bot" : roleOf(person(someone.id) ?? someone);
  const letters = /[\u4e00-\u9fff]/.test(name)
    ? name.slice(group ? 0 : -2).slice(0, 2)
    : name
        .split(/\s+/)
        .map((part) => part[0])
        .join("")
        .slice(0, 2)
        .toUpperCase();
  const mark = el("span", { class: `avatar avatar-${role}`, "aria-hidden": "true" });
  mark.append(role === "bot" ? icon("pin") : letters);
  return mark;
}
