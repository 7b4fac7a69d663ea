import "dayjs/locale/zh-cn.js";
import dayjs, { type Dayjs } from "dayjs";
import { currentLanguage } from "../words/language.ts";

/** The shop's zone: the platform's days are those of UTC+8 (docs/protocol.md). */
const SHOP_ZONE = "Asia/Shanghai";
export const ZONE_NAME = "UTC+8";
/** What the shop's zone is ahead of UTC, in seconds. */
const AHEAD = 8 * 3600;

const parts = new Intl.DateTimeFormat("en-CA", {
  timeZone: SHOP_ZONE,
  hourCycle: "h23",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

function read(seconds: number) {
  const of = Object.fromEntries(parts.formatToParts(seconds * 1000).map(({ type, value }) => [type, value]));
  return { day: `${of.year}-${of.month}-${of.day}`, minute: `${of.hour}:${of.minute}`, second: `${of.second}` };
}

/** `2026-11-26` in the shop's zone. `seconds` are Unix seconds. */
export const dayOf = (seconds: number): string => read(seconds).day;

/** The first second of a day of the shop, which is given as `2026-11-26`. */
export const dayStart = (day: string): number => Date.parse(day) / 1000 - AHEAD;

/** `2026-11-26 14:03` in the shop's zone. */
export function minuteOf(seconds: number): string {
  const { day, minute } = read(seconds);
  return `${day} ${minute}`;
}

/** `2026-11-26 14:03:05` in the shop's zone. */
export const secondOf = (seconds: number): string => `${minuteOf(seconds)}:${read(seconds).second}`;

/** `14:03:05` in the shop's zone. */
export const clockOf = (seconds: number): string => secondOf(seconds).slice(11);

/** What a date picker shows for a time: its fields are the shop's wall clock, whatever the browser's zone is. */
export const toPicker = (seconds: number): Dayjs => dayjs(secondOf(seconds).replace(" ", "T"));

/** The Unix seconds of the shop's wall clock that a date picker shows. */
export const fromPicker = (shown: Dayjs): number =>
  Date.parse(`${shown.format("YYYY-MM-DDTHH:mm:ss")}Z`) / 1000 - AHEAD;

const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
];

/** `in 3 days`, `5 minutes ago`: a time as seen from another, both in seconds. */
export function relativeTo(seconds: number, now: number): string {
  const off = seconds - now;
  const [unit, size] = steps.find(([, length]) => Math.abs(off) >= length) ?? ["second", 1];
  const format = new Intl.RelativeTimeFormat(currentLanguage() === "zh" ? "zh-CN" : "en", { numeric: "auto" });
  return format.format(Math.trunc(off / size), unit);
}
