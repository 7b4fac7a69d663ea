import type { OrderShown } from "@quanku/protocol/calls";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Books, type Items } from "./support/books.ts";
import { carts, policies, wallets } from "./support/carts.ts";
import { type Orders, openOrders, type Person, type ReturnShown, usedIn } from "./support/shopper.ts";

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
