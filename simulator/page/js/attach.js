// The attachment menu: sample pictures, uploads, a file, a place.

import * as api from "./api.js";
import { el, openDialog } from "./dom.js";
import { icon } from "./icons.js";
import { failed } from "./toasts.js";
import { currentLanguage, t } from "./words.js";

const ALBUM = 10;
const DRAWN_AT_ONCE = 2;
const SQUARE = ["34.76420", "113.66310"];

export function attachMenu(anchor, { addFiles, onLocation }) {
  const menu = openDialog({ class: "menu", role: "menu", "aria-label": t("attach") });
  const entry = (name, sign, label, action) =>
    menu.append(
      el(
        "button",
        {
          type: "button",
          role: "menuitem",
          "data-testid": `attach-${name}`,
          onclick: () => {
            action();
            menu.close();
          },
        },
        icon(sign),
        t(label),
      ),
    );
  const photos = picker("input-photo", { accept: "image/*", multiple: true }, (files) =>
    addFiles(files, "photo"),
  );
  const others = picker("input-file", {}, (files) => addFiles(files, "document"));
  entry("samples", "image", "attachSamples", () =>
    pickSamples((files) => addFiles(files, "photo")),
  );
  entry("photo", "camera", "attachPhoto", () => photos.click());
  entry("file", "file", "attachFile", () => others.click());
  entry("location", "pin", "attachLocation", onLocation);
  menu.append(photos, others);
  const spot = anchor.getBoundingClientRect();
  menu.style.setProperty("left", `${spot.left}px`);
  menu.style.setProperty("top", `${spot.top - menu.getBoundingClientRect().height - 8}px`);
  menu.querySelector("button").focus();
}

function picker(name, attributes, chosen) {
  const input = el("input", {
    type: "file",
    class: "unseen",
    tabindex: "-1",
    "aria-hidden": "true",
    "data-testid": name,
    ...attributes,
  });
  input.addEventListener("change", () => {
    chosen([...input.files]);
    input.closest("dialog")?.close();
  });
  return input;
}

let catalogue = null;

async function samples() {
  catalogue ??= await api.samples();
  return catalogue;
}

const sampleTitle = (sample) =>
  currentLanguage() === "zh" ? sample.title_zh : sample.title_en;

export async function sampleFile(name) {
  const sample = (await samples()).find((one) => one.name === name);
  const blob = await (await fetch(sample.url, { cache: "force-cache" })).blob();
  return new File([blob], `${name}.jpg`, { type: "image/jpeg" });
}

const PHASES = { before: "phaseBefore", sign: "phaseSign", after: "phaseAfter" };

async function pickSamples(use) {
  const chosen = [];
  const done = el("button", {
    type: "button",
    class: "primary",
    "data-testid": "samples-done",
    disabled: true,
  });
  const grid = el("div", { class: "samples" });
  const dialog = openDialog(
    { class: "panel", "aria-label": t("samplesTitle") },
    el("h2", {}, t("samplesTitle")),
    el("p", {}, t("samplesHint")),
    grid,
    el(
      "div",
      { class: "panel-foot" },
      closeButton(() => dialog.close()),
      done,
    ),
  );
  const update = () => {
    done.textContent = t("samplesDone", { count: chosen.length });
    done.disabled = !chosen.length;
  };
  done.addEventListener("click", async () => {
    use(await Promise.all(chosen.map(sampleFile)));
    dialog.close();
  });
  update();
  for (const sample of await samples()) grid.append(sampleTile(sample, chosen, update));
  const images = [...grid.querySelectorAll("img")];
  for (let worker = 0; worker < DRAWN_AT_ONCE; worker += 1) loadInTurn(images, dialog);
}

/** The pictures are drawn on demand: a few at a time, so that what people do is never kept waiting. */
async function loadInTurn(images, dialog) {
  while (images.length && dialog.open) {
    const image = images.shift();
    image.src = image.dataset.url;
    await image.decode().catch(() => undefined);
  }
}

function sampleTile(sample, chosen, update) {
  const tile = el(
    "button",
    {
      type: "button",
      class: "sample",
      "aria-pressed": "false",
      "data-testid": `sample-${sample.name}`,
      onclick: () => {
        const at = chosen.indexOf(sample.name);
        if (at >= 0) chosen.splice(at, 1);
        else if (chosen.length < ALBUM) chosen.push(sample.name);
        tile.setAttribute("aria-pressed", String(chosen.includes(sample.name)));
        update();
      },
    },
    el("img", { "data-url": sample.url, alt: "", width: "1280", height: "960" }),
    el("span", { class: "sample-words" }, sampleTitle(sample)),
    el("span", { class: `phase phase-${sample.phase}` }, t(PHASES[sample.phase])),
  );
  return tile;
}

const closeButton = (close) =>
  el("button", { type: "button", class: "quiet", onclick: close }, t("cancel"));

export function askLocation(send) {
  const field = (name, value) =>
    el("input", {
      type: "number",
      step: "any",
      inputmode: "decimal",
      required: true,
      value,
      id: `location-${name}`,
      "data-testid": `location-${name}`,
    });
  const [latitude, longitude] = [field("latitude", SQUARE[0]), field("longitude", SQUARE[1])];
  const form = el(
    "form",
    { method: "dialog" },
    el("h2", {}, t("attachLocation")),
    el("p", {}, t("locationHint")),
    el("label", { for: "location-latitude" }, t("latitude")),
    latitude,
    el("label", { for: "location-longitude" }, t("longitude")),
    longitude,
    el(
      "div",
      { class: "panel-foot" },
      closeButton(() => dialog.close()),
      el("button", { type: "submit", class: "primary", "data-testid": "location-send" }, t("send")),
    ),
  );
  const dialog = openDialog({ class: "panel", "aria-label": t("attachLocation") }, form);
  form.addEventListener("submit", () =>
    Promise.resolve(send(Number(latitude.value), Number(longitude.value))).catch(failed),
  );
}
