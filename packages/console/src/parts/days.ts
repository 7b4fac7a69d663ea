import type { ReportLine } from "@quanku/sdk/admin";

const DAY_MS = 86_400_000;

/** So many days in a row, of which `last` is the last, as texts like `2026-11-26`. */
export function daysUntil(last: string, number: number): string[] {
  const end = Date.parse(last);
  return Array.from({ length: number }, (_, index) =>
    new Date(end - (number - 1 - index) * DAY_MS).toISOString().slice(0, 10),
  );
}

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
