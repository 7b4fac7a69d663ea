import { z } from "zod";
import { inBoth } from "../../calls/in-both.ts";
import { INT32_MAX } from "../../calls/scalars.ts";
import { isDay } from "../scalars.ts";

const unitSeconds = [604_800, 86_400, 3600, 60, 1];

/** The seconds of a length of time such as `7d`, `90m` or `2w3d`, or of digits alone; undefined where it is none. */
export function secondsOfLength(text: string): number | undefined {
  const parts = /^(?:(\d{1,10})w)?(?:(\d{1,10})d)?(?:(\d{1,10})h)?(?:(\d{1,10})m)?(?:(\d{1,10})s?)?$/.exec(text);
  if (!parts || text === "") return undefined;
  return unitSeconds.reduce((sum, seconds, unit) => sum + seconds * Number(parts[unit + 1] ?? 0), 0);
}

/** Unix seconds of a time such as `2026-12-01T09:00`, UTC+8 unless it says otherwise, or of their digits; undefined where it is none. */
export function secondOfTime(text: string): number | undefined {
  if (/^\d{9,10}$/.test(text)) return Number(text);
  const [, day = "", time = "T00:00", zone = "+08:00"] =
    /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2})?)?(Z|[+-]\d{2}:\d{2})?$/.exec(text) ?? [];
  const at = isDay(day) ? Date.parse(`${day}${time}${zone}`) / 1000 : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

/** A number or a text, read as the text; what it means is checked. */
const read = (secondsOf: (text: string) => number | undefined, error: string) =>
  z.preprocess(
    (value: string | number | undefined) => (typeof value === "number" ? String(value) : value),
    z.string({ error }).refine((text) => (secondsOf(text) ?? Number.NaN) <= INT32_MAX, { error }),
  );

/** How far a clock is set forward. */
export const length = () =>
  read(
    (text) => secondsOfLength(text) || undefined,
    inBoth(
      "must be a length of time such as 7d, 90m or 2w3d (weeks, days, hours, minutes, seconds), or a number of seconds, at most 68 years",
      "必须是一段时长，例如 7d、90m 或 2w3d（周、天、小时、分、秒），或秒数，最长 68 年",
    ),
  );

/** What a clock is set to. */
export const time = () =>
  read(
    secondOfTime,
    inBoth(
      "must be a time such as 2026-12-01T09:00 (UTC+8), 2026-12-01T01:00Z or 2026-12-01T09:00:30+08:00, or Unix seconds, up to 2038-01-19",
      "必须是一个时刻，例如 2026-12-01T09:00（UTC+8）、2026-12-01T01:00Z 或 2026-12-01T09:00:30+08:00，或 Unix 秒，最晚 2038-01-19",
    ),
  );
