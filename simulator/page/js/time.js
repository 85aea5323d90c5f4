// Simulated time: it runs on from what the server told last; the town lives in Asia/Shanghai.

import { currentLanguage, t } from "./words.js";

const ZONE = "Asia/Shanghai";
let known = Date.now();
let heard = performance.now();

export function setNow(iso) {
  known = Date.parse(iso);
  heard = performance.now();
}

export const now = () => known + (performance.now() - heard);

const locale = () => (currentLanguage() === "zh" ? "zh-CN" : "en-GB");
const format = (options) => new Intl.DateTimeFormat(locale(), { timeZone: ZONE, ...options });

export const hourMinute = (unix) =>
  format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(unix * 1000);

const dayKey = (milliseconds) =>
  new Intl.DateTimeFormat("en-CA", { timeZone: ZONE }).format(milliseconds);

export function dayName(unix) {
  const day = dayKey(unix * 1000);
  if (day === dayKey(now())) return t("today");
  if (day === dayKey(now() - 86400000)) return t("yesterday");
  return format({ month: "long", day: "numeric", weekday: "short" }).format(unix * 1000);
}

export const sameDay = (one, two) => dayKey(one * 1000) === dayKey(two * 1000);

export function clockFace() {
  return {
    time: format({
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
    }).format(now()),
    date: format({ month: "short", day: "numeric", weekday: "short" }).format(now()),
  };
}

/** Seconds until the next HH:00 on the town's clock. */
export function secondsUntil(hour) {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: ZONE,
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  }).formatToParts(now());
  const read = (type) => Number(parts.find((part) => part.type === type).value);
  const passed = read("hour") * 3600 + read("minute") * 60 + read("second");
  return (hour * 3600 - passed + 86400) % 86400 || 86400;
}

/** What a date_time entity shows: relative words for "r", else the moment in the town's zone. */
export function relative(unix, style, words) {
  if (!style) return words;
  if (style !== "r") return absolute(unix, style);
  const seconds = Math.round((unix * 1000 - now()) / 1000);
  const words_ = new Intl.RelativeTimeFormat(locale(), { numeric: "auto" });
  const units = [
    ["day", 86400],
    ["hour", 3600],
    ["minute", 60],
    ["second", 1],
  ];
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? units[3];
  return words_.format(Math.trunc(seconds / size), unit);
}

function absolute(unix, style) {
  const options = { hourCycle: "h23" };
  if (/[wW]/.test(style)) options.weekday = "short";
  if (style.includes("d")) Object.assign(options, { month: "numeric", day: "numeric" });
  if (style.includes("D"))
    Object.assign(options, { year: "numeric", month: "long", day: "numeric" });
  if (style.includes("t")) Object.assign(options, { hour: "2-digit", minute: "2-digit" });
  if (style.includes("T"))
    Object.assign(options, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  return format(options).format(unix * 1000);
}
