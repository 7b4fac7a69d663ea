import type { Say } from "../../words/table.ts";
import type { words } from "./words.ts";

type Word = keyof (typeof words)["words"];

/** The kinds of faults, those of calls and those of pushes to the merchant. */
export const kindsOfCalls = [
  "errcode",
  "delay",
  "reset",
  "reset=after",
  "half",
  "http=502",
  "http=503",
  "http=504",
  "token",
] as const;
export const kindsOfPushes = ["push=late", "push=twice", "push=reordered", "push=lost"] as const;
export type Kind = (typeof kindsOfCalls)[number] | (typeof kindsOfPushes)[number];

/** What a kind asks for beside itself. */
export const asksOf = (kind: Kind): "errcode" | "milliseconds" | undefined =>
  kind === "errcode" ? "errcode" : kind === "delay" || kind === "push=late" ? "milliseconds" : undefined;

/** A fault as it is ordered, of its kind and number: `errcode=45009`, `push=late:2000`. */
export function whatOf(kind: Kind, number: number): string {
  if (kind === "push=late") return `${kind}:${number}`;
  return asksOf(kind) ? `${kind}=${number}` : kind;
}

/** A fault in words, from how it is ordered. */
export function tellFault(say: Say<Word>, what: string): string {
  const [, kind = what, number] = /^(errcode|delay|push=late)[=:](-?\d+)$/.exec(what) ?? [];
  const known = [...kindsOfCalls, ...kindsOfPushes].find((one) => one === kind);
  if (!known) return what;
  const unit = asksOf(known) === "milliseconds" ? " ms" : "";
  return number === undefined ? say(`kind_${known}`) : `${say(`kind_${known}`)}: ${number}${unit}`;
}
