import type { ReportLine } from "@quanku/sdk/admin";

/** What is counted, and what is summed in fen. */
export const counted = ["claimed", "redeemed", "returned", "expired", "given_up", "orders"] as const;
export const summed = ["discount", "turnover", "refunded"] as const;
export const measures = [...counted, ...summed] as const;
export type Measure = (typeof measures)[number];
export type Counts = Readonly<Record<Measure, number>>;

/** A line of a report: a day of the shop, or a coupon over the period. */
export type Line = Counts & { key: string };

export const isMoney = (measure: Measure): boolean => (summed as readonly string[]).includes(measure);

const each = (value: (measure: Measure) => number): Counts =>
  Object.fromEntries(measures.map((measure) => [measure, value(measure)])) as Counts;

const nothing = each(() => 0);
const plus = (a: Counts, b: Counts): Counts => each((measure) => a[measure] + b[measure]);

/** The sum of lines. */
export const totalsOf = (lines: readonly Counts[]): Counts => lines.reduce(plus, nothing);

/** A line for each day, in their order; a day of which nothing is told is zero. */
export function byDay(lines: readonly ReportLine[], days: readonly string[]): Line[] {
  const told = new Map(lines.map((line) => [line.day, line]));
  return days.map((day) => ({ key: day, ...each((measure) => told.get(day)?.[measure] ?? 0) }));
}

/** A line for each coupon, out of the rows of a report's file, which has one for each coupon of each day. */
export async function byCoupon(rows: AsyncIterable<string[]>): Promise<Line[]> {
  const sums = new Map<string, Counts>();
  let head: string[] | undefined;
  for await (const row of rows) {
    if (!head) {
      head = row;
      continue;
    }
    const at = new Map(head.map((name, index) => [name, row[index] ?? ""]));
    const key = at.get("out_coupon_id") ?? "";
    const counts = each((measure) => Number(at.get(measure) ?? 0));
    sums.set(key, plus(sums.get(key) ?? nothing, counts));
  }
  return [...sums].map(([key, counts]) => ({ key, ...counts }));
}

/** Lines in the order of a measure, or of their keys; equal ones by their keys. */
export function sorted(lines: readonly Line[], by: Measure | "key", isDescending: boolean): Line[] {
  const sign = isDescending ? -1 : 1;
  const keys = (a: Line, b: Line) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
  return lines.toSorted((a, b) => (by === "key" ? sign * keys(a, b) : sign * (a[by] - b[by]) || keys(a, b)));
}

/** What a chart shows once a measure is chosen or put away: three at most, all of one unit, and never nothing. */
export function chosenAfter(chosen: readonly Measure[], measure: Measure): Measure[] {
  if (chosen.includes(measure)) return chosen.length > 1 ? chosen.filter((one) => one !== measure) : [...chosen];
  return [...chosen.filter((one) => isMoney(one) === isMoney(measure)), measure].slice(-3);
}
