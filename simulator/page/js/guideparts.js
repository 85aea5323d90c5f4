// The pieces of the guide's panel.

import { byId, el } from "./dom.js";
import { icon } from "./icons.js";
import { avatar, fullName } from "./names.js";
import { byUsername } from "./store.js";
import { t } from "./words.js";

const LOOK = 5; // the last step only looks
const FACES = [
  "officer01",
  "repairer01",
  "standby_east",
  "manager_east",
  "supervisor01",
  "citizen01",
];

export function guideHead(done, onClose) {
  const count = done.filter(Boolean).length;
  return el(
    "header",
    { class: "guide-head" },
    el(
      "div",
      { class: "guide-title" },
      el("h2", {}, t("guideTitle")),
      el(
        "button",
        {
          type: "button",
          class: "round guide-close",
          "data-testid": "guide-close",
          "aria-label": t("guideClose"),
          onclick: onClose,
        },
        icon("close"),
      ),
    ),
    el("p", {}, t("guideIntro")),
    el("progress", {
      max: done.length,
      value: count,
      "aria-label": t("guideDone", { done: count, total: done.length }),
    }),
    el("small", {}, t("guideDone", { done: count, total: done.length })),
  );
}

export function stepList(done, next, names, onStep) {
  return el(
    "ol",
    { class: "steps" },
    done.map((isDone, index) => {
      const active = index === next;
      return el(
        "li",
        {
          class: `step${isDone ? " done" : ""}${active ? " active" : ""}`,
          "data-testid": `guide-step-${index + 1}`,
          "data-done": String(isDone),
          "aria-current": active ? "step" : null,
        },
        el(
          "span",
          { class: "step-mark", "aria-hidden": "true" },
          isDone ? icon("check") : String(index + 1),
        ),
        el(
          "div",
          { class: "step-words" },
          el("b", {}, t(`step${index + 1}`), isDone ? el("span", { class: "unseen" }, " ✓") : null),
          el("p", {}, t(`step${index + 1}Text`, names)),
          active
            ? el(
                "button",
                {
                  type: "button",
                  class: "primary",
                  "data-testid": `guide-do-${index + 1}`,
                  onclick: () => onStep(index),
                },
                t(index === LOOK ? "guideSee" : "guideDo"),
              )
            : null,
        ),
      );
    }),
  );
}

export function again(onAgain) {
  return el(
    "div",
    { class: "finished" },
    el("p", {}, t("guideFinished")),
    el(
      "button",
      {
        type: "button",
        class: "quiet",
        "data-testid": "guide-again",
        onclick: onAgain,
      },
      t("guideAgain"),
    ),
  );
}

export function ideaList(ideas, onIdea) {
  return el(
    "section",
    { class: "ideas" },
    el("h3", {}, t("ideasTitle")),
    ideas.map((idea) =>
      el(
        "details",
        { "data-testid": `idea-${idea.name}` },
        el("summary", {}, t(idea.title)),
        el("p", {}, t(`${idea.title}Text`)),
        el(
          "button",
          {
            type: "button",
            class: "quiet",
            "data-testid": `idea-do-${idea.name}`,
            onclick: () => onIdea(idea),
          },
          t("ideaTry"),
        ),
      ),
    ),
  );
}

export function whoIsWho(onPerson, onMore) {
  const shown = FACES.map(byUsername).filter(Boolean);
  return el(
    "section",
    { class: "who" },
    el("h3", {}, t("peopleTitle")),
    el("p", {}, t("peopleText")),
    el(
      "div",
      { class: "who-faces" },
      shown.map((one) =>
        el(
          "button",
          { type: "button", class: "who-face", onclick: () => onPerson(one.id) },
          avatar(one),
          fullName(one),
        ),
      ),
    ),
    el("button", { type: "button", class: "quiet", onclick: onMore }, t("switchPerson")),
  );
}

/** At phone width the next step is offered above the composer. */
export function drawNextStep(next, onStep) {
  const strip = byId("next-step");
  strip.hidden = next < 0;
  if (next < 0) return;
  strip.replaceChildren(
    el(
      "span",
      {},
      el("small", {}, `${t("guideNext")} ${next + 1}/6`),
      el("b", {}, t(`step${next + 1}`)),
    ),
    el(
      "button",
      {
        type: "button",
        class: "quiet",
        "data-testid": "next-step-do",
        onclick: () => onStep(next),
      },
      t(next === LOOK ? "guideSee" : "guideDo"),
    ),
  );
}
