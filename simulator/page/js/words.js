// The page's own words, in two catalogues with equal keys; messages are shown as they were written.

const LANGUAGES = ["zh", "en"];
const KEY = "xunchaqun.language";
const catalogues = {};
let language = "zh";

export async function loadWords() {
  const loaded = await Promise.all(
    LANGUAGES.map(async (name) => (await fetch(`/page/words/${name}.json`)).json()),
  );
  LANGUAGES.forEach((name, index) => (catalogues[name] = loaded[index]));
  const stored = localStorage.getItem(KEY);
  const english = (navigator.language || "zh").toLowerCase().startsWith("en");
  setLanguage(LANGUAGES.includes(stored) ? stored : english ? "en" : "zh", { keep: false });
}

export function currentLanguage() {
  return language;
}

export function toggleLanguage() {
  setLanguage(language === "zh" ? "en" : "zh", { keep: true });
}

function setLanguage(name, { keep }) {
  language = name;
  if (keep) localStorage.setItem(KEY, name);
  document.documentElement.lang = name === "zh" ? "zh-CN" : "en";
  document.title = t("pageTitle");
  for (const node of document.querySelectorAll("[data-words]"))
    node.textContent = t(node.dataset.words);
  for (const node of document.querySelectorAll("[data-words-label]")) {
    node.setAttribute("aria-label", t(node.dataset.wordsLabel));
  }
}

/** The words for a key, with {name} places filled. */
export function t(key, values = {}) {
  const template = catalogues[language][key];
  if (template === undefined) throw new Error(`no words for ${key}`);
  return template.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}
