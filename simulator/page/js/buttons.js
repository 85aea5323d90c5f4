// Inline buttons: style, disabled ones, links, copying; a press waits for the bot's answer.

import * as api from "./api.js";
import { el } from "./dom.js";
import { deepLink, followLink } from "./links.js";
import { changed, remember, state } from "./store.js";
import { alertBox, failed, toast } from "./toasts.js";
import { t } from "./words.js";

const REMEMBERED = 300;

export function keyboardOf(message) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  const keyboard = el("div", { class: "keyboard", role: "group" });
  rows.forEach((row, rowNumber) => {
    const line = el("div", { class: "keyboard-row" });
    row.forEach((button, column) => line.append(inlineButton(message, button, rowNumber, column)));
    keyboard.append(line);
  });
  return keyboard;
}

function inlineButton(message, button, row, column) {
  const style = ["primary", "success", "danger"].includes(button.style) ? button.style : "plain";
  const disabled = Boolean(button.disabled);
  const node = el(
    "button",
    {
      type: "button",
      class: `inline inline-${style}`,
      "data-testid": "inline-button",
      "data-text": button.text,
      "aria-disabled": disabled ? "true" : null,
      title: disabled ? t("buttonDisabled") : null,
    },
    button.text,
    button.url ? el("span", { class: "inline-mark", "aria-hidden": "true" }, "↗") : null,
  );
  node.addEventListener("click", (event) => {
    event.stopPropagation();
    if (disabled) return;
    if (button.url) openUrl(event, button.url);
    else if (button.copy_text) copy(button.copy_text.text);
    else pressButton(node, message, button, row, column);
  });
  return node;
}

function openUrl(event, address) {
  if (deepLink(address) !== null) followLink(event, address);
  else if (/^https?:/i.test(address)) window.open(address, "_blank", "noopener");
}

async function copy(words) {
  await navigator.clipboard?.writeText(words).catch(() => undefined);
  toast(t("copied"));
}

async function pressButton(node, message, button, row, column) {
  if (node.dataset.busy) return;
  node.dataset.busy = "1";
  node.setAttribute("aria-busy", "true");
  const target = message.ephemeral_message_id ?? message.message_id;
  try {
    const { answer } = await api.press(message.chat.id, target, state.me, row, column);
    note(message, button.text, answer);
    if (answer?.text) (answer.show_alert ? alertBox : toast)(answer.text);
    else if (answer === null) toast(t("pressTimeout"));
  } catch (error) {
    failed(error);
  } finally {
    delete node.dataset.busy;
    node.removeAttribute("aria-busy");
  }
}

function note(message, text, answer) {
  const accepted = answer !== null && !answer.show_alert;
  state.presses.push({
    chat: message.chat.id,
    message: message.message_id,
    user: state.me,
    text,
    accepted,
  });
  state.presses = state.presses.slice(-REMEMBERED);
  remember();
  changed({ press: text });
}
