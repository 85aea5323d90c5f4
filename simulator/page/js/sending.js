// Hands what was composed to the simulator; `one` holds the reply and the attachments.

import * as api from "./api.js";
import { state } from "./store.js";

/** Who writes, in which topic, in reply to what; messages for one's own eyes have no number. */
const frame = (one) => ({
  from: state.me,
  reply_to: one.reply?.message_id || undefined,
  thread: state.topic || undefined,
});

export const sendWords = (chat, one, text) => api.post(chat, { ...frame(one), text });

export const sendPlace = (chat, one, latitude, longitude) =>
  api.post(chat, { ...frame(one), latitude, longitude });

/** New words; a photo that was chosen meanwhile takes the place of the message's own. */
export function sendEdit(message, text, one) {
  const field = message.text !== undefined ? "text" : "caption";
  const fields = { from: state.me, [field]: text };
  return api.edit(message.chat.id, message.message_id, fields, one.attachments[0]?.file);
}

/** Photos go out as one post (several are an album), files one by one; the first has the words. */
export async function sendFiles(chat, one, text) {
  const photos = one.attachments.filter((item) => item.kind === "photo");
  const others = one.attachments.filter((item) => item.kind !== "photo");
  const posts = [photos.map((item) => ["photo", item.file])];
  for (const item of others) posts.push([["document", item.file]]);
  let caption = text;
  for (const files of posts.filter((post) => post.length)) {
    await api.post(chat, { ...frame(one), caption }, files);
    caption = "";
  }
}
