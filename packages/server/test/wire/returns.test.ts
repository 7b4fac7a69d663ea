import type { OrderShown } from "@quanku/protocol/calls";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { carts, policies, wallets } from "./support/carts.ts";
import { type Orders, openOrders, type Person, type ReturnShown, sum, usedIn } from "./support/shopper.ts";

type Items = { line: number; quantity: number }[];

/** The shop's own books on an order, kept from what it was told, and what must hold of them. */
class Books {
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

/** A return of items, some seconds later, and what is sent under its id after it. */
type Step = { wait: number; items: Items; afterwards: "repeat" | "alter" | "nothing" };

/** The last place may be no line, and there may be more items than are left: such a return must be refused. */
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    wait: fc.constantFrom(0, 0, 60),
    items: fc.array(fc.record({ line: fc.nat(6), quantity: fc.integer({ min: 1, max: 4 }) }), {
      minLength: 1,
      maxLength: 3,
    }),
    afterwards: fc.constantFrom("repeat", "alter", "nothing"),
  }),
  { maxLength: 10 },
);

let orders: Orders;
beforeAll(async () => {
  orders = await openOrders();
});
afterAll(() => orders.server.close());

it("of an order that comes back in whatever steps, refunds and what is kept are what was paid", async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.record({ lines: carts, wallet: wallets, policy: policies, best: fc.boolean() }),
      steps,
      fc.constantFrom("all", "what is left", "nothing"),
      async ({ wallet, best, ...cart }, sent, last) => {
        const person = await orders.newPerson(wallet);
        const user_coupons = best ? "best" : usedIn(await person.quote(cart)).toReversed();
        const returning = new Returning(person, await person.redeem("order", { ...cart, user_coupons }));
        for (const [at, step] of sent.entries()) await returning.take(`return-${at}`, step);
        await returning.end(last);
        for (const what of returning.seen) seen.add(what);
      },
    ),
    { numRuns: 250 },
  );
  expect([...seen].toSorted()).toEqual(["100", "101", "102", "refused", "repeated"]);
});

/** An order on its way back, and the shop's books on it. */
class Returning {
  readonly #person: Person;
  readonly #order: OrderShown;
  readonly #books: Books;
  readonly #taken: { body: object; refund: ReturnShown["refund"] }[] = [];
  #closedAt: number | undefined;
  /** What was met on the way: the statuses of its coupons, refusals, repeats. */
  readonly seen = new Set<string>();

  constructor(person: Person, order: OrderShown) {
    this.#person = person;
    this.#order = order;
    this.#books = new Books(order);
  }

  async take(out_return_id: string, { wait, items, afterwards }: Step): Promise<void> {
    orders.server.clock.now += wait;
    const body = { out_return_id, lines: items };
    if (!this.#books.has(items)) return this.#isRefused(body);
    const reply = await this.#isTaken(body, items);
    if (afterwards === "repeat") await this.#isRepeated(body, reply);
    if (afterwards === "alter") await this.#isRefused({ ...body, lines: [...items, { line: 0, quantity: 1 }] });
  }

  async end(last: "all" | "what is left" | "nothing"): Promise<void> {
    const items = this.#books.rest();
    if (last === "what is left" && items.length > 0)
      await this.#isTaken({ out_return_id: "last", lines: items }, items);
    if (last === "all") {
      this.#books.close();
      await this.#isRepeated({}, await this.#isTaken({}, items));
    }
    if (this.#books.isClosed) await this.#isRefused({ out_return_id: "more", lines: [{ line: 0, quantity: 1 }] });
    for (const { body, refund } of this.#taken) expect(await this.#send(body)).toMatchObject({ errcode: 0, refund });
  }

  #send(body: object) {
    return orders.app.call("return", { out_order_id: this.#order.out_order_id, ...body });
  }

  async #isTaken(body: object, items: Items): Promise<ReturnShown> {
    const reply = (await this.#send(body)) as unknown as ReturnShown;
    this.#books.enter(items, reply);
    this.#taken.push({ body, refund: reply.refund });
    const isUsed = (id: string) => this.#order.user_coupons.some(({ out_coupon_id }) => out_coupon_id === id);
    if (this.#books.isClosed) this.#closedAt ??= orders.server.clock.now;
    const closed = this.#closedAt;
    const isOver = (id: string) => (this.#person.validUntil.get(id) as number) < (closed as number);
    for (const [id, status] of Object.entries(await this.#person.statuses())) {
      expect(status).toBe(!isUsed(id) ? 100 : closed === undefined ? 102 : isOver(id) ? 101 : 100);
      if (isUsed(id)) this.seen.add(String(status));
    }
    return reply;
  }

  async #isRefused(body: object): Promise<void> {
    this.seen.add("refused");
    const { errcode } = await this.#changesNothing(() => this.#send(body));
    expect(errcode).toBe(1090033);
  }

  async #isRepeated(body: object, reply: ReturnShown): Promise<void> {
    this.seen.add("repeated");
    expect(await this.#changesNothing(() => this.#send(body))).toEqual(reply);
  }

  async #changesNothing<T>(work: () => Promise<T>): Promise<T> {
    const before = await this.#person.kept(this.#order.out_order_id);
    const answer = await work();
    expect(await this.#person.kept(this.#order.out_order_id)).toEqual(before);
    return answer;
  }
}
