import { type Refusal, refuse } from "../outcome.ts";
import type { HandOut } from "../records.ts";
import type { Records, WorkingCopy } from "../working-copy.ts";

/** Why a line comes to nothing that is no refusal of the rules. */
export const skips = {
  repeated: "The openid stands on an earlier line of the list.",
  cancelled: "The hand-out was cancelled before this line was decided.",
} as const;

/** What became of a line: one was given, by its id, which is null in a dry run; or why not. */
export type LineResult = { given: string | null } | Refusal | { skipped: keyof typeof skips };

/** A line of a hand-out's list. */
export type HandOutLine = {
  /** Its number in the file as it was sent, from 1. */
  line: number;
  openid: string;
  /** null: it is not decided. */
  result: LineResult | null;
};

/**
 * The request id of a line's claim: the same line has the same answer, however often it is decided. It is in nobody's
 * way, because a list's name is made by chance.
 */
export const requestIdOf = ({ list }: Pick<HandOut, "list">, line: number): string => `hand-out ${list} ${line}`;

/** Why a result is no gift, in a word; undefined where it is one. */
export const whyNot = (result: LineResult): string | undefined =>
  "skipped" in result ? result.skipped : "refused" in result ? result.refused : undefined;

/** How many results are gifts, and how many are none, by why. */
export function countOf(results: readonly LineResult[]): Pick<HandOut, "given" | "refusals"> {
  const refusals: Record<string, number> = {};
  let given = 0;
  for (const result of results) {
    const why = whyNot(result);
    if (why === undefined) given++;
    else refusals[why] = (refusals[why] ?? 0) + 1;
  }
  return { given, refusals };
}

/** Makes a copy of the records such as they would be after so many more had been given of a coupon. */
export function supposeGiven(records: WorkingCopy, appid: string, outCouponId: string, given: number): void {
  const stock = records.stock(appid, outCouponId);
  if (!stock) return;
  const remaining = Math.max(stock.remaining - given, 0);
  records.provide("stock", [appid, outCouponId], { ...stock, remaining, claimed: stock.claimed + given });
}

/** The hand-out that a command names, or why there is none. */
export const found = (records: Records, appid: string, handOutId: string): HandOut | Refusal =>
  records.handOut(appid, handOutId) ?? refuse("unknown_hand_out", { id: handOutId });
