// What happened in a chat besides what was said: who came and went, what was pinned.

import { fullName } from "./names.js";
import { t } from "./words.js";

const SERVICES = [
  [
    "new_chat_members",
    "serviceJoined",
    (message) => message.new_chat_members.map(fullName).join("、"),
  ],
  ["left_chat_member", "serviceLeft", (message) => fullName(message.left_chat_member)],
  ["pinned_message", "servicePinned", (message) => fullName(message.from)],
  ["forum_topic_created", "serviceTopic", (message) => message.forum_topic_created.name],
  ["new_chat_title", "serviceTitle", (message) => message.new_chat_title],
  ["migrate_to_chat_id", "serviceMigrated", () => ""],
  ["migrate_from_chat_id", "serviceMigrated", () => ""],
  ["group_chat_created", "serviceOther", () => ""],
  ["supergroup_chat_created", "serviceOther", () => ""],
];

export function isService(message) {
  return SERVICES.some(([field]) => message[field] !== undefined);
}

export function serviceWords(message) {
  const [, key, name] = SERVICES.find(([field]) => message[field] !== undefined);
  return t(key, { name: name(message) });
}
