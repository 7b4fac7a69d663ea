import type { ReportLine } from "@quanku/sdk/admin";

const DAY_MS = 86_400_000;

/** A period of days, as `2026-11-26`, both included. */
export type Period = { from: string; to: string };

/** The day that is so many days after another. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** Every day of a period. */
export const daysIn = ({ from, to }: Period): string[] =>
  Array.from({ length: Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1 }, (_, index) =>
    dayAfter(from, index),
  );

/** So many days in a row, of which `last` is the last. */
export const daysUntil = (last: string, number: number): string[] =>
  daysIn({ from: dayAfter(last, 1 - number), to: last });

/** What reports count on each of some days; 0 on those that have no line. */
export function onDays(
  days: readonly string[],
  lines: readonly ReportLine[],
  name: Exclude<keyof ReportLine, "day" | "out_coupon_id">,
): number[] {
  const byDay = new Map<string, number>();
  for (const line of lines) byDay.set(line.day, (byDay.get(line.day) ?? 0) + line[name]);
  return days.map((day) => byDay.get(day) ?? 0);
}
