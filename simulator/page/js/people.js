// "I am …": the people of the town, by duty, with a search box.

import { byId, el, openDialog } from "./dom.js";
import { icon } from "./icons.js";
import { ROLES, about, avatar, fullName, roleOf } from "./names.js";
import { me, state } from "./store.js";
import { t } from "./words.js";

export function drawMe(onChoose) {
  const someone = me();
  const button = byId("me");
  if (!someone) return;
  button.dataset.username = someone.username ?? String(someone.id);
  button.replaceChildren(
    avatar(someone),
    el(
      "span",
      { class: "me-words" },
      el("small", {}, t("iAm")),
      el("b", {}, fullName(someone)),
      el("span", {}, about(someone)),
    ),
    icon("swap"),
  );
  button.setAttribute("aria-label", `${t("iAm")} ${fullName(someone)}. ${t("switchPerson")}`);
  button.onclick = () => choosePerson(onChoose);
}

export function choosePerson(onChoose) {
  const search = el("input", {
    type: "search",
    placeholder: t("searchPeople"),
    "aria-label": t("searchPeople"),
    "data-testid": "person-search",
    autocomplete: "off",
  });
  const list = el("div", { class: "people" });
  const dialog = openDialog(
    { class: "panel", "aria-label": t("switchPerson") },
    el(
      "div",
      { class: "panel-head" },
      el("h2", {}, t("switchPerson")),
      el(
        "button",
        { type: "button", class: "round", "aria-label": t("close"), onclick: () => dialog.close() },
        icon("close"),
      ),
    ),
    search,
    list,
  );
  const choose = (someone) => {
    dialog.close();
    onChoose(someone.id);
  };
  const show = () => list.replaceChildren(...groups(search.value.trim().toLowerCase(), choose));
  search.addEventListener("input", show);
  search.addEventListener("keydown", (event) => {
    const first = list.querySelector("button");
    if (event.key === "Enter" && first) first.click();
  });
  show();
  search.focus();
}

function groups(wanted, choose) {
  const found = state.people.filter((one) => !one.is_bot && matches(one, wanted));
  const nodes = ROLES.flatMap(([role, key]) => {
    const members = found.filter((one) => roleOf(one) === role);
    if (!members.length) return [];
    return [
      el("h3", {}, t(key)),
      el(
        "div",
        { class: "people-group" },
        members.map((one) => entry(one, choose)),
      ),
    ];
  });
  return nodes.length ? nodes : [el("p", { class: "nobody" }, t("nobodyFound"))];
}

function matches(someone, wanted) {
  const words = [
    fullName(someone),
    someone.username,
    about(someone),
    ...Object.values(someone.about ?? {}),
  ];
  return words.join(" ").toLowerCase().includes(wanted);
}

export function entry(someone, choose) {
  return el(
    "button",
    {
      type: "button",
      class: "entry",
      "data-testid": `person-${someone.username ?? someone.id}`,
      "aria-current": someone.id === state.me ? "true" : null,
      onclick: () => choose(someone),
    },
    avatar(someone),
    el(
      "span",
      { class: "entry-words" },
      el(
        "b",
        {},
        fullName(someone),
        someone.username ? el("small", {}, ` @${someone.username}`) : null,
      ),
      el("span", {}, about(someone)),
    ),
  );
}
