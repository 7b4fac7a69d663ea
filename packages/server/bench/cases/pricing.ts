import type { CartLine } from "../../src/domain/pricing/cart.ts";
import type { WalletCoupon } from "../../src/domain/pricing/eligible.ts";
import { quote } from "../../src/domain/pricing/quote.ts";
import { NOW } from "../../test/domain/pricing/owned.ts";
import { amounts, hardWallet, hundredLines, shapes } from "../../test/domain/pricing/wallets.ts";
import { randomFrom } from "../../testing/random.ts";
import type { Figure } from "../figures.ts";
import { median } from "../rounds.ts";
import { heldCoupons, tenLines } from "../wallets.ts";
import type { Case } from "./case.ts";

const CURVE = [5, 50, 200, 1000];
/** How long one quote of 50 coupons and 100 lines may take, in milliseconds, where they are made to be hard. */
const BOUND_MS = 100;

export const pricing: Case = {
  name: "pricing",
  about:
    "the engine alone: what a quote costs by the size of the wallet, and its slowest quotes of wallets made to be hard",
  async run({ pace }) {
    const usualMs = (count: number) => Math.min(...timesOf([heldCoupons(count)], tenLines, 100 * pace.rounds));
    const usual = CURVE.map(usualMs);
    const hard = CURVE.map((count) => timesOf(hardWallets(count, pace.rounds), hundredLines, 3));
    const [fiveMs, fiftyMs, manyMs] = usual as [number, number, number, number];
    const twentyMs = usualMs(20);
    const slowest = hard.map((times) => Math.max(...times));
    return [
      curve("50 usual coupons, 10 lines", [fiftyMs / fiveMs]),
      curve("200 usual coupons, 10 lines", [manyMs / fiveMs]),
      {
        what: "the slowest quote of hard wallets, 50 coupons, 100 lines",
        values: [slowest[1] as number],
        unit: "ms",
        aim: BOUND_MS,
        better: "lower",
        sides: [
          `20 usual coupons and 10 lines: ${twentyMs.toFixed(3)} ms, ${Math.round(1000 / twentyMs)} quotes a second`,
          ...CURVE.map(
            (count, at) =>
              `${String(count).padStart(4)} coupons: usual ${usual[at]?.toFixed(3)} ms; hard p50 ` +
              `${median(hard[at] as number[]).toFixed(2)} ms, slowest of ${hard[at]?.length} ${slowest[at]?.toFixed(2)} ms`,
          ),
        ],
        limit: "the search for the best choice, whose width is bounded by the number of coupons (ADR 10)",
      },
    ];
  },
};

const curve = (what: string, values: number[]): Figure => ({
  what: `a quote of ${what}`,
  values,
  unit: "times one of 5",
  better: "lower",
  sides: [],
  limit: "how many choices there are between coupons for the same products",
});

/** Wallets of every shape and every range of amounts. */
const hardWallets = (count: number, each: number): WalletCoupon[][] =>
  Object.keys(shapes).flatMap((shape) =>
    Object.keys(amounts).flatMap((amount) =>
      Array.from({ length: each }, (_, nth) => hardWallet(count, shape, amount, randomFrom(nth))),
    ),
  );

/** How long a quote of each wallet takes, in milliseconds: the fastest of some, since other processes only make it slower. */
function timesOf(wallets: WalletCoupon[][], lines: CartLine[], times: number): number[] {
  const price = (wallet: WalletCoupon[]) => {
    const begin = performance.now();
    quote(lines, wallet, "product_then_shop", NOW);
    return performance.now() - begin;
  };
  for (const wallet of wallets.slice(0, 20)) price(wallet);
  return wallets.map((wallet) => Math.min(...Array.from({ length: times }, () => price(wallet))));
}
