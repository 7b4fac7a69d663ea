const DAY_MS = 86_400_000;

/** A day, in days since 1970, as people read it: 2026-11-26. */
export const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** The day of such a text. */
export const dayOfDate = (date: string): number => Date.parse(date) / DAY_MS;
