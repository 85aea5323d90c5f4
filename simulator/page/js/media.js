// Photos (an album becomes a grid), files, voice, video and places inside a bubble.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { openLightbox } from "./lightbox.js";
import { senderName } from "./names.js";
import { isService, serviceWords } from "./services.js";
import { t } from "./words.js";

const SMALL_PHOTO = 320;

export function mediaOf(items) {
  const photos = items.filter((item) => item.photo?.length);
  const nodes = photos.length ? [photoGrid(photos)] : [];
  for (const item of items) {
    if (item.document) nodes.push(fileRow(item.document));
    if (item.voice)
      nodes.push(el("audio", { controls: true, src: item.voice.url, "aria-label": t("voice") }));
    if (item.video)
      nodes.push(el("video", { controls: true, src: item.video.url, "aria-label": t("video") }));
    if (item.location) nodes.push(place(item.location));
  }
  return nodes;
}

export function summary(message) {
  if (isService(message)) return serviceWords(message);
  const words = message.text ?? message.caption;
  if (words) return words.split("\n")[0];
  const kind = ["photo", "video", "voice", "location"].find((name) => message[name]);
  return message.document ? (message.document.file_name ?? t("file")) : t(kind ?? "message");
}

function photoGrid(photos) {
  const pictures = photos.map((item, index) => ({
    url: item.photo.at(-1).url,
    label: t("photoOf", { name: senderName(item), number: index + 1, count: photos.length }),
    caption: item.caption,
  }));
  const shown = Math.min(photos.length, 10);
  const grid = el("div", { class: `photos photos-${shown}` });
  photos.forEach((item, index) => grid.append(tile(item, pictures, index)));
  return grid;
}

function tile(item, pictures, index) {
  const sizes = item.photo;
  const alone = pictures.length === 1;
  const fit =
    sizes.find((size) => size.width >= (alone ? 2 * SMALL_PHOTO : SMALL_PHOTO)) ?? sizes.at(-1);
  const image = el("img", {
    src: fit.url,
    alt: pictures[index].label,
    width: fit.width,
    height: fit.height,
    loading: "lazy",
    decoding: "async",
    draggable: "false",
  });
  return el(
    "button",
    {
      type: "button",
      class: "photo",
      "data-testid": "photo",
      "data-message-id": item.message_id,
      "aria-label": `${t("openPhoto")}: ${pictures[index].label}`,
      onclick: (event) => {
        event.stopPropagation();
        openLightbox(pictures, index);
      },
    },
    image,
  );
}

function fileRow(file) {
  const size = file.file_size ? `${Math.max(1, Math.round(file.file_size / 1024))} KB` : "";
  return el(
    "a",
    {
      class: "file",
      href: file.url,
      target: "_blank",
      rel: "noopener",
      download: file.file_name ?? "",
    },
    el("span", { class: "file-mark" }, icon("file")),
    el(
      "span",
      { class: "file-words" },
      el("b", {}, file.file_name ?? t("file")),
      el("small", {}, size),
    ),
  );
}

function place({ latitude, longitude }) {
  return el(
    "div",
    { class: "place" },
    el("span", { class: "place-map", "aria-hidden": "true" }, icon("pin")),
    el(
      "span",
      { class: "place-words" },
      el("b", {}, t("location")),
      el("small", {}, `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`),
    ),
  );
}
