import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocate } from "../../../src/domain/pricing/allocate.ts";
import { type CartLine, sum } from "../../../src/domain/pricing/cart.ts";
import type { WalletCoupon } from "../../../src/domain/pricing/eligible.ts";
import { type QuotedCoupon, quote } from "../../../src/domain/pricing/quote.ts";
import { reasons } from "../../../src/domain/pricing/reasons.ts";
import type { Discount } from "../../../src/domain/records.ts";
import {
  basis,
  cart,
  dearCart,
  discount,
  entangling,
  line,
  onProducts,
  policy,
  shopOrNone,
  wallet,
} from "./arbitraries.ts";
import { bruteForce } from "./oracle.ts";
import { NOW, owned } from "./owned.ts";

/** Wallets whose coupons meet in every way: by chance, by what they give away, by the products that they share. */
const anyWallet = fc.oneof(wallet(6), wallet(6, entangling), wallet(6, onProducts));

const runs = (numRuns: number) => ({ numRuns });
const usedPlaces = (coupons: readonly QuotedCoupon[]) => coupons.flatMap(({ used }, at) => (used ? [at] : []));

describe("a quote", { timeout: 60_000 }, () => {
  it("is the best that trying every allowed set of coupons finds, with the same coupons", () =>
    fc.assert(
      fc.property(cart, wallet(8), policy, basis, (lines, coupons, stacking, judgedBy) => {
        const found = quote(lines, coupons, stacking, NOW, judgedBy);
        const best = bruteForce(lines, coupons, stacking, judgedBy);
        expect({ places: usedPlaces(found.coupons), pays: found.payable }).toEqual(best);
        expect(found.proven).toBe(true);
      }),
      runs(2000),
    ));

  it("takes off each line from nothing to all, and the parts add up", () =>
    fc.assert(
      fc.property(fc.oneof(cart, dearCart), wallet(8), policy, (lines, coupons, stacking) => {
        const { total, discount: off, payable, lines: quoted, coupons: told } = quote(lines, coupons, stacking, NOW);
        expect(total).toBe(sum(lines.map(({ price, quantity }) => price * quantity)));
        expect(payable).toBe(total - off);
        expect(payable).toBeGreaterThanOrEqual(0);
        expect(off).toBe(sum(quoted.map(({ discount: part }) => part)));
        for (const { price, quantity, discount: part } of quoted) {
          expect(part).toBeGreaterThanOrEqual(0);
          expect(part).toBeLessThanOrEqual(price * quantity);
        }
        const used = told.flatMap((coupon) => (coupon.used ? [coupon] : []));
        for (const coupon of used) expect(sum(coupon.parts)).toBe(coupon.discount);
        expect(sum(used.map(({ discount: part }) => part))).toBe(off);
        expect(used.every(({ discount: part }) => part > 0)).toBe(true);
      }),
      runs(2000),
    ));

  it("takes each product with one product coupon at most", () =>
    fc.assert(
      fc.property(dearCart, wallet(6, onProducts), (lines, coupons) => {
        const takenBy = new Map<string, string>();
        for (const told of quote(lines, coupons, "product_then_shop", NOW).coupons)
          for (const [at, part] of told.used ? told.parts.entries() : []) {
            if (part === 0) continue;
            const { outProductId } = lines[at] as CartLine;
            expect(takenBy.get(outProductId) ?? told.outUserCouponId).toBe(told.outUserCouponId);
            takenBy.set(outProductId, told.outUserCouponId);
          }
      }),
      runs(1000),
    ));

  it("takes the same off in whatever order coupons are named", () =>
    fc.assert(
      fc.property(
        cart,
        wallet(6, fc.oneof(discount, entangling)),
        policy,
        basis,
        (lines, coupons, stacking, judgedBy) => {
          const slotted = coupons.map((one, slot) => ({ ...one, userCoupon: { ...one.userCoupon, slot } }));
          const told = (named: readonly WalletCoupon[]) =>
            new Map(
              quote(lines, named, stacking, NOW, judgedBy).coupons.map((one) => [
                one.outUserCouponId,
                one.used ? one.parts : [],
              ]),
            );
          expect(told(slotted)).toEqual(told(slotted.toReversed()));
        },
      ),
      runs(2000),
    ));

  it("is the best of coupons that give away what others count, or take away what their thresholds are judged by", () => {
    let undone = 0;
    fc.assert(
      fc.property(cart, wallet(6, entangling), policy, basis, (lines, coupons, stacking, judgedBy) => {
        const found = quote(lines, coupons, stacking, NOW, judgedBy);
        const best = bruteForce(lines, coupons, stacking, judgedBy);
        expect({ places: usedPlaces(found.coupons), pays: found.payable }).toEqual(best);
        expect(found.proven).toBe(true);
        for (const told of found.coupons) if (!told.used && told.reason.code === "condition_undone") undone += 1;
      }),
      runs(2000),
    );
    expect(undone).toBeGreaterThan(5);
  });

  it("is the best of coupons that share out what several of them are for", () => {
    let leaving = 0;
    fc.assert(
      fc.property(
        cart,
        wallet(5, onProducts),
        shopOrNone,
        policy,
        basis,
        (lines, coupons, more, stacking, judgedBy) => {
          const owned = [...coupons, ...more];
          const found = quote(lines, owned, stacking, NOW, judgedBy);
          const best = bruteForce(lines, owned, stacking, judgedBy);
          expect({ places: usedPlaces(found.coupons), pays: found.payable }).toEqual(best);
          expect(found.proven).toBe(true);
          for (const [at, told] of found.coupons.entries())
            if (told.used && leaves(lines, owned[at]?.coupon.terms.discount, told.parts)) leaving += 1;
        },
      ),
      runs(2000),
    );
    expect(leaving).toBeGreaterThan(100);
  });

  it("never rises by more than the price of a line that is added, with one coupon of any type", () =>
    fc.assert(
      fc.property(cart, fc.oneof(discount, entangling), line, fc.nat(), (lines, terms, added, where) => {
        const longer = lines.toSpliced(where % (lines.length + 1), 0, added);
        const [before, after] = [alone(lines, terms).payable, alone(longer, terms).payable];
        expect(after - before).toBeLessThanOrEqual(added.price * added.quantity);
      }),
      runs(2000),
    ));

  it("never rises by more than the price of a line that is added, whatever the wallet", () =>
    fc.assert(
      fc.property(cart, anyWallet, policy, basis, line, (lines, coupons, stacking, judgedBy, added) => {
        const [before, after] = [lines, [...lines, added]].map((cart) => quote(cart, coupons, stacking, NOW, judgedBy));
        expect([before?.proven, after?.proven]).toEqual([true, true]);
        expect((after?.payable ?? 0) - (before?.payable ?? 0)).toBeLessThanOrEqual(added.price * added.quantity);
      }),
      runs(4000),
    ));

  it("is the same, to each coupon's part of each line, for the coupons that it uses alone", () =>
    fc.assert(
      fc.property(cart, anyWallet, policy, basis, (lines, coupons, stacking, judgedBy) => {
        const found = quote(lines, coupons, stacking, NOW, judgedBy);
        const named = coupons.filter((_, at) => found.coupons[at]?.used);
        const again = quote(lines, named, stacking, NOW, judgedBy);
        expect(again.coupons).toEqual(found.coupons.filter(({ used }) => used));
      }),
      runs(2000),
    ));

  it("does not depend on the order of the lines", () =>
    fc.assert(
      fc.property(cart, wallet(6), policy, fc.infiniteStream(fc.nat()), (lines, coupons, stacking, keys) => {
        const shuffled = lines
          .map((one) => ({ one, key: keys.next().value as number }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ one }) => one);
        const [a, b] = [quote(lines, coupons, stacking, NOW), quote(shuffled, coupons, stacking, NOW)];
        expect(b.payable).toBe(a.payable);
        expect(usedPlaces(b.coupons)).toEqual(usedPlaces(a.coupons));
      }),
      runs(2000),
    ));

  it("is never dearer for one more coupon", () =>
    fc.assert(
      fc.property(cart, wallet(6), policy, (lines, coupons, stacking) => {
        const more = quote(lines, coupons, stacking, NOW).payable;
        expect(more).toBeLessThanOrEqual(quote(lines, coupons.slice(1), stacking, NOW).payable);
      }),
      runs(1000),
    ));

  it("is never less for one more item, but where a threshold is passed or more is bought to get some free", () =>
    fc.assert(
      fc.property(cart, discount, line, fc.nat(), (lines, terms, added, where) => {
        const before = alone(lines, terms);
        const buys = terms.benefit.kind === "buyAndGet" && terms.products?.includes(added.outProductId);
        fc.pre(before.reason?.code !== "below_threshold" && !buys);
        const longer = lines.toSpliced(where % (lines.length + 1), 0, added);
        expect(alone(longer, terms).payable).toBeGreaterThanOrEqual(before.payable);
      }),
      runs(2000),
    ));

  it("tells of each coupon that could be used alone what it would take off", () =>
    fc.assert(
      fc.property(cart, wallet(6), policy, (lines, coupons, stacking) => {
        for (const [at, told] of quote(lines, coupons, stacking, NOW).coupons.entries()) {
          const { discount: off } = quote(lines, coupons.slice(at, at + 1), stacking, NOW);
          if (told.used) expect(off).toBeGreaterThan(0);
          else expect([told.alone, told.alone > 0]).toEqual([off, reasons[told.reason.code].alone]);
        }
      }),
      runs(1000),
    ));
});

/** Whether a product coupon takes nothing off a line that it is for. */
const leaves = (lines: readonly CartLine[], terms: Discount | null | undefined, parts: readonly number[]): boolean =>
  lines.some(({ outProductId, price }, at) => price > 0 && terms?.products?.includes(outProductId) && parts[at] === 0);

function alone(lines: Parameters<typeof quote>[0], terms: Discount) {
  const { payable, coupons } = quote(lines, [owned("1", terms)], "product_then_shop", NOW);
  const [told] = coupons;
  return { payable, reason: told && !told.used ? told.reason : undefined };
}

describe("an allocation", () => {
  const amounts = fc.array(fc.integer({ min: 0, max: 21_474_836 }), { minLength: 1, maxLength: 100 });

  it("is exact where the products it is reckoned from are no safe integers", () => {
    // 1841884603 × 1512575373 is 1 less than a multiple of the whole, 2147483647, which no float can tell.
    const cut = { places: [0, 1], off: 1_841_884_603 };
    expect(allocate(cut, [1_512_575_373, 634_908_274])).toEqual([1_297_327_360, 544_557_243]);
  });

  it("gives every line its exact part, rounded down or up, up for the largest remainders", () =>
    fc.assert(
      fc.property(amounts, fc.double({ min: 0, max: 1, noNaN: true }), (left, ratio) => {
        const off = Math.floor(sum(left) * ratio);
        const parts = allocate({ places: [...left.keys()], off }, left);
        expect(sum(parts)).toBe(off);
        if (off === 0) return;
        const whole = BigInt(sum(left));
        const over = parts.map((part, at) => BigInt(part) * whole - BigInt(off) * BigInt(left[at] as number));
        for (const [at, excess] of over.entries()) {
          expect(excess > -whole && excess < whole).toBe(true);
          expect(parts[at]).toBeLessThanOrEqual(left[at] as number);
        }
        const roundedUp = over.flatMap((excess, at) => (excess > 0n ? [{ remainder: whole - excess, at }] : []));
        const roundedDown = over.flatMap((excess, at) => (excess < 0n ? [{ remainder: -excess, at }] : []));
        for (const up of roundedUp)
          for (const down of roundedDown)
            expect(up.remainder > down.remainder || (up.remainder === down.remainder && up.at < down.at)).toBe(true);
      }),
      runs(300),
    ));
});
