/** What people type, and what the wire has: yuan and fen, 折 or per cent off and 1/10000 that is paid. */

const scaled = (value: number | null, factor: number): number | null =>
  value === null ? null : Math.round(value * factor);

/** Fen of yuan. */
export const fenOfYuan = (yuan: number | null): number | null => scaled(yuan, 100);
/** Yuan of fen. */
export const yuanOfFen = (fen: number | null): number | null => (fen === null ? null : fen / 100);

/** The rate of 1/10000 that is paid, of 折: 8.5 折 pays 8500. */
export const rateOfTenths = (tenths: number | null): number | null => scaled(tenths, 1000);
export const tenthsOfRate = (rate: number | null): number | null => (rate === null ? null : rate / 1000);

/** The rate of 1/10000 that is paid, of the percentage that is taken off: 15 % off pays 8500. */
export const rateOfPercentOff = (percent: number | null): number | null =>
  percent === null ? null : 10_000 - Math.round(percent * 100);
export const percentOffOfRate = (rate: number | null): number | null => (rate === null ? null : (10_000 - rate) / 100);

/** How many seconds each unit of a length of time has, the longest first. */
export const units = { hours: 3600, minutes: 60, seconds: 1 } as const;
export type Unit = keyof typeof units;

/** The longest unit in which a length of time is a whole number. */
export function unitOf(seconds: number | null): Unit {
  const names = Object.keys(units) as Unit[];
  return names.find((name) => seconds !== null && seconds > 0 && seconds % units[name] === 0) ?? "hours";
}
