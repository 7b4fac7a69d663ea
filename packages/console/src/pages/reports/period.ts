import { dayAfter, type Period } from "../../parts/days.ts";

/** The periods that end today. */
export const spans = ["7", "30", "90"] as const;
/** How many days a period has at most: ten years. */
const MOST = 3660;

const isDay = (text: string | undefined): text is string =>
  text !== undefined && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));

/** What an address says of a period: `from` and `to`, or so many `days` until today; 30 days where it says nothing that can be. */
export function periodOf(
  { days, from, to }: { days?: string | undefined; from?: string | undefined; to?: string | undefined },
  today: string,
): Period {
  if (isDay(from) && isDay(to) && from <= to && dayAfter(from, MOST) > to) return { from, to };
  const span = spans.find((one) => one === days) ?? "30";
  return { from: dayAfter(today, 1 - Number(span)), to: today };
}
