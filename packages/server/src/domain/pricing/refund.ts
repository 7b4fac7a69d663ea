import { type Refusal, refuse } from "../outcome.ts";
import { divide } from "./allocate.ts";
import { sum } from "./cart.ts";
import type { QuotedLine } from "./quote.ts";

/** So many items of a line, by its place in the order. */
export type ReturnedItems = { line: number; quantity: number };

/** What is paid back for returned items, fen. */
export type Refund = {
  amount: number;
  lines: (ReturnedItems & { amount: number })[];
  /** How many items of each line are returned now, those before included: what the next refund starts from. */
  returned: number[];
};

/**
 * What is paid back when items of a redeemed order are returned. `returned` says how many items of each line were
 * returned before. After any returns a line has paid back the returned items' share of what was paid for it, rounded
 * down to the fen; a refund is what that grew by. So refunds never come to more than was paid, and to exactly that when
 * everything is back, in whatever steps. What is kept is not judged by its coupon again (ADR 10).
 * Refuses `more_than_left` where a line has fewer items left, or is none.
 */
export function refund(
  order: readonly QuotedLine[],
  returned: readonly number[],
  items: readonly ReturnedItems[],
): Refund | Refusal {
  const after = [...returned];
  const lines: Refund["lines"] = [];
  for (const { line, quantity } of items) {
    const bought = order[line];
    const before = after[line] ?? 0;
    const left = bought ? bought.quantity - before : 0;
    if (!bought || quantity > left) return refuse("more_than_left", { line, left });
    after[line] = before + quantity;
    lines.push({ line, quantity, amount: paidFor(bought, before + quantity) - paidFor(bought, before) });
  }
  return { amount: sum(lines.map(({ amount }) => amount)), lines, returned: after };
}

/** What was paid for so many items of a line, rounded down. */
function paidFor({ price, quantity, discount }: QuotedLine, items: number): number {
  const [paid] = divide(price * quantity - discount, items, quantity);
  return paid;
}
