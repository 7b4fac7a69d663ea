import type { OrderShown } from "@quanku/protocol/calls";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { carts, policies, wallets } from "./support/carts.ts";
import { type Ids, type Orders, openOrders, type Person, type QuoteShown, sum, usedIn } from "./support/shopper.ts";

const TTL = 60;

let orders: Orders;
beforeAll(async () => {
  orders = await openOrders();
});
afterAll(() => orders.server.close());

/** A person's cart and wallet, and the policy they are quoted under. */
const shopping = fc.record({ lines: carts, policy: policies, wallet: wallets });

/** What is promised, and kept: money, what each line has off, and each used coupon with what it takes off each line. */
const worth = ({ total, discount, payable, lines, user_coupons }: QuoteShown | OrderShown) => ({
  total,
  discount,
  payable,
  lines: lines.map(({ out_product_id, price, quantity, discount: off }) => [out_product_id, price, quantity, off]),
  user_coupons: user_coupons
    .filter((coupon) => !("used" in coupon) || coupon.used)
    .map(({ out_coupon_id, discount: off, parts }) => ({ out_coupon_id, off, parts }))
    .toSorted((a, b) => (a.out_coupon_id < b.out_coupon_id ? -1 : 1)),
});

/** The reasons why coupons are not used, by out_coupon_id. */
const reasonsIn = ({ user_coupons }: QuoteShown) =>
  new Map(user_coupons.flatMap(({ out_coupon_id, reason }) => (reason ? [[out_coupon_id, reason] as const] : [])));

const giveBack = (person: Person, order: string) =>
  orders.app.must("return", { out_order_id: `${person.openid}-${order}` });

describe("a quote", () => {
  it("is what redeem gives, for the best coupons and for those of the quote by their ids, and changes nothing", () =>
    fc.assert(
      fc.asyncProperty(shopping, async ({ wallet, ...cart }) => {
        const person = await orders.newPerson(wallet);
        const before = await person.kept("best");
        const quoted = await person.quote(cart);
        expect(await person.quote(cart)).toEqual(quoted);
        expect(await person.kept("best")).toEqual(before);
        expect(quoted.user_coupons).toHaveLength(wallet.length);
        expect(quoted.payable).toBe(quoted.total - sum(quoted.lines.map(({ discount }) => discount)));

        const best = await person.redeem("best", { ...cart, user_coupons: "best" });
        expect(worth(best)).toEqual(worth(quoted));
        expect((await person.kept("best")).journal).toBe(before.journal + 1);
        await giveBack(person, "best");
        expect(await person.quote(cart)).toEqual(quoted);
        const named = await person.redeem("named", { ...cart, user_coupons: usedIn(quoted).toReversed() });
        expect(worth(named)).toEqual(worth(quoted));
        const used = new Set(usedIn(quoted).map(({ out_coupon_id }) => out_coupon_id));
        for (const [id, status] of Object.entries(await person.statuses()))
          expect(status).toBe(used.has(id) ? 102 : 100);
        const reasons = reasonsIn(await person.quote(cart));
        for (const id of used) expect(reasons.get(id)).toMatchObject({ code: "already_used" });
      }),
      { numRuns: 200 },
    ));

  it("shows what an order has locked as locked, to its last second, and is what another order gets meanwhile", () =>
    fc.assert(
      fc.asyncProperty(shopping, fc.boolean(), async ({ wallet, ...cart }, best) => {
        const person = await orders.newPerson(wallet);
        const free = await person.quote(cart);
        const user_coupons: "best" | Ids[] = best ? "best" : usedIn(free);
        const locked = await person.lock("first", { ...cart, user_coupons, ttl_seconds: TTL });
        expect(worth(locked)).toEqual(worth(free));

        orders.server.clock.now += TTL;
        const meanwhile = await person.quote(cart);
        const reasons = reasonsIn(meanwhile);
        for (const { out_coupon_id } of locked.user_coupons)
          expect(reasons.get(out_coupon_id)).toMatchObject({ code: "locked", lock_end_time: locked.lock_end_time });
        expect([...reasons.values()].filter(({ code }) => code === "locked")).toHaveLength(locked.user_coupons.length);
        // To lock again what it has locked changes nothing, and the quote, which knows of no order, not either.
        expect(await person.lock("first", { ...cart, user_coupons, ttl_seconds: TTL })).toEqual(locked);
        expect(await person.quote(cart)).toEqual(meanwhile);
        const second = await person.redeem("second", { ...cart, user_coupons: "best" });
        expect(worth(second)).toEqual(worth(meanwhile));

        await giveBack(person, "second");
        orders.server.clock.now += 1;
        expect(worth(await person.quote(cart))).toEqual(worth(free));
        const third = await person.redeem("third", { ...cart, user_coupons: "best" });
        expect(worth(third)).toEqual(worth(free));
      }),
      { numRuns: 200 },
    ));

  it("of what an order locked is what it gets in the lock's last second, though the coupons' time is over", () =>
    fc.assert(
      fc.asyncProperty(shopping, fc.boolean(), async ({ wallet, ...cart }, byId) => {
        const person = await orders.newPerson(wallet);
        orders.server.clock.now += TTL;
        const quoted = await person.quote(cart);
        const content = { ...cart, user_coupons: "best" };
        const { lock_end_time } = await person.lock("order", { ...content, ttl_seconds: TTL });
        orders.server.clock.now += TTL;
        const paid = await person.redeem("order", byId ? { openid: undefined } : content);
        expect(worth(paid)).toEqual(worth(quoted));
        expect(paid).toMatchObject({ status: "redeemed", lock_end_time, use_time: orders.server.clock.now });
        for (const { out_coupon_id } of usedIn(quoted))
          expect(reasonsIn(await person.quote(cart)).get(out_coupon_id)).toMatchObject({ code: "already_used" });
      }),
      { numRuns: 200 },
    ));
});
