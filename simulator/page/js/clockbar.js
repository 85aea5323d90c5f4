// The simulated clock and the buttons that move it on.

import * as api from "./api.js";
import { byId, el } from "./dom.js";
import { refreshMoments } from "./entities.js";
import { icon } from "./icons.js";
import { clockFace, secondsUntil, setNow } from "./time.js";
import { failed } from "./toasts.js";
import { t } from "./words.js";

const MOVES = [
  ["10m", "clock10m", () => 600],
  ["1h", "clock1h", () => 3600],
  ["17", "clock17", () => secondsUntil(17)],
  ["1d", "clock1d", () => 86400],
];
const MOMENTS_MS = 10000;
let moving = false;

export function drawClock() {
  byId("clock").replaceChildren(
    el(
      "div",
      { class: "clock-face" },
      icon("clock"),
      el(
        "span",
        { class: "clock-words" },
        el("small", {}, t("clockNow")),
        el("time", { id: "clock-time", "data-testid": "clock" }),
      ),
      el("span", { class: "clock-date", id: "clock-date" }),
    ),
    el(
      "div",
      { class: "clock-moves" },
      MOVES.map(([name, key, seconds]) =>
        el(
          "button",
          {
            type: "button",
            class: "chip",
            "data-testid": `clock-${name}`,
            onclick: () => move(seconds()),
          },
          t(key),
        ),
      ),
    ),
  );
  tick();
  busy();
}

export async function readClock() {
  setNow((await api.clock()).now);
  tick();
  refreshMoments();
}

export async function move(seconds) {
  if (moving) return;
  moving = true;
  busy();
  try {
    const answer = await api.moveClock({ advance: seconds });
    if (answer.now) setNow(answer.now);
    else await readClock();
  } catch (error) {
    failed(error);
  } finally {
    moving = false;
    busy();
    tick();
    refreshMoments();
  }
}

function busy() {
  const box = byId("clock");
  box.setAttribute("aria-busy", String(moving));
  for (const button of box.querySelectorAll("button")) button.disabled = moving;
  if (moving) byId("clock-date").textContent = t("clockMoving");
}

function tick() {
  const face = byId("clock-time");
  if (!face) return;
  const { time, date } = clockFace();
  face.textContent = time;
  if (!moving) byId("clock-date").textContent = date;
}

export function runClock() {
  setInterval(tick, 1000);
  setInterval(refreshMoments, MOMENTS_MS);
}
