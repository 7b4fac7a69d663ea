import type { OrderShown } from "@quanku/protocol/calls";
import { expect } from "vitest";
import { type ReturnShown, sum } from "./shopper.ts";

export type Items = { line: number; quantity: number }[];

/** The shop's own books on an order, kept from what it was told, and what must hold of them. */
export class Books {
  readonly #order: OrderShown;
  readonly #paid: number[];
  readonly #left: number[];
  readonly #refunded: number[];
  isClosed = false;

  constructor(order: OrderShown) {
    this.#order = order;
    this.#paid = order.lines.map(({ price, quantity, discount }) => price * quantity - discount);
    this.#left = order.lines.map(({ quantity }) => quantity);
    this.#refunded = order.lines.map(() => 0);
    expect(sum(this.#paid)).toBe(order.payable);
  }

  /** Whether so many are left of each line. */
  has(items: Items): boolean {
    return items.every(
      ({ line }) => sum(items.map((item) => (item.line === line ? item.quantity : 0))) <= (this.#left[line] ?? 0),
    );
  }

  /** All items that are left. */
  rest(): Items {
    return this.#left.map((quantity, line) => ({ line, quantity })).filter(({ quantity }) => quantity > 0);
  }

  /** All that is left comes back with the next return, even if that is nothing. */
  close(): void {
    this.isClosed = true;
  }

  /** Enters a return that was taken, and judges what was told of it. */
  enter(items: Items, { refund, order }: ReturnShown): void {
    expect(refund.lines.map(({ line, quantity }) => ({ line, quantity }))).toEqual(items);
    expect(refund.amount).toBe(sum(refund.lines.map(({ amount }) => amount)));
    for (const { line, quantity, amount } of refund.lines) {
      expect(amount).toBeGreaterThanOrEqual(0);
      this.#left[line] = (this.#left[line] as number) - quantity;
      this.#refunded[line] = (this.#refunded[line] as number) + amount;
    }
    this.isClosed ||= sum(this.#left) === 0;
    // What is kept of a line is what was paid for the items that are left of it, and less than a fen more.
    for (const [line, { quantity }] of this.#order.lines.entries()) {
      const [paid, left] = [this.#paid[line] as number, this.#left[line] as number];
      const over = (paid - (this.#refunded[line] as number)) * quantity - paid * left;
      expect(over >= 0 && over < quantity, `line ${line} keeps ${over}/${quantity} fen too much`).toBe(true);
    }
    if (sum(this.#left) === 0) expect(sum(this.#refunded)).toBe(this.#order.payable);
    expect(order).toEqual({
      ...this.#order,
      status: this.isClosed ? "returned" : "redeemed",
      refunded: sum(this.#refunded),
      lines: this.#order.lines.map((line, place) => ({ ...line, returned: line.quantity - (this.#left[place] ?? 0) })),
    });
  }
}
