import { expect } from "vitest";
import type { Actor } from "../../src/domain/actor.ts";
import type { Command } from "../../src/domain/decide.ts";
import type { Subject } from "../../src/domain/journal.ts";
import { Ledger } from "../../src/service/ledger.ts";
import type { Store } from "../../src/store/store.ts";
import { aContent, anApp, put } from "../../testing/records.ts";

const APPS = ["a", "b"];
/** More entries than are brought up to date together. */
const CLAIMS = 520;
/** So many commands wait for each other, and no more: the machine may be slow. */
const TOGETHER = 64;
const DAY = 86_400;

const shop = { scope: "shop", products: null, threshold: { items: 0, spend: 0 } } as const;
const discount = { ...shop, benefit: { kind: "amountOff", amountOff: 100 } } as const;
const terms = { total: 5000, discount };

/** Two shops go through all that is found or counted by the journal, on two days. */
export async function liveThrough(store: Store): Promise<void> {
  let now = 1_700_000_000;
  const ledger = new Ledger({ store, clock: () => now });
  const submit = async (by: Actor, ...commands: Command[]) => {
    for (let from = 0; from < commands.length; from += TOGETHER) {
      const batch = commands.slice(from, from + TOGETHER);
      const answers = await Promise.all(batch.map((command) => ledger.submit(command, by)));
      for (const answer of answers) expect(answer).toHaveProperty("result");
    }
  };
  for (const appid of APPS) {
    await put(store, { record: "app", value: anApp(appid) });
    const coupon = { appid, outCouponId: "c" };
    const of = (n: number) => ({ ...coupon, openid: `o${n}`, outUserCouponId: `u${n}` });
    const claims = Array.from({ length: CLAIMS }, (_, n) => of(n));
    await submit("operator li", { do: "addCoupon", content: { ...aContent(terms), appid } });
    await submit("operator li", { do: "changeCouponStatus", ...coupon, to: "active" });
    await submit("app", ...claims.map((one): Command => ({ do: "claimCoupon", ...one, requestId: one.openid })));
    now += DAY;
    await submit("token li till", { do: "restock", ...coupon, remaining: 7, claimed: 7 });
    await submit("app", { do: "changeUserCouponStatus", ...of(1), to: "used" });
    await submit("command_line", { do: "changeUserCouponStatus", ...of(2), to: "given_up" });
    const userCoupons = [{ outCouponId: "c", outUserCouponId: "u3" }];
    const order = { appid, outOrderId: "x", openid: "o3", userCoupons, policy: "exclusive", basis: "list" } as const;
    const lines = [{ outProductId: "p", price: 400, quantity: 2 }];
    await submit("app", { do: "redeemOrder", ...order, lines, asked: "x" });
    await submit("app", { do: "returnOrder", appid, outOrderId: "x", userCoupons, items: null });
  }
}

const subjects: Subject[] = [
  { of: "coupon", outCouponId: "c" },
  ...[0, 1, 2, 3].map((n) => ({ of: "userCoupon", outCouponId: "c", outUserCouponId: `u${n}` }) as const),
  { of: "order", outOrderId: "x" },
  { of: "ordersOf", outCouponId: "c" },
  ...["operator li", "token li till", "command_line"].map((by) => ({ of: "by", by }) as const),
];

/** All that a store keeps of its journals, and beside them. */
export async function keptOfJournals(store: Store) {
  const kept = APPS.map(async (appid) => ({
    rows: await store.readJournal(appid, 0, 9999),
    end: await store.journalEnd(appid),
    histories: await Promise.all(
      subjects.map(async (subject) => (await store.listHistory(appid, subject, null, 99)).map(({ seq }) => seq)),
    ),
    tallies: await store.listTallies(appid, { from: 0, to: 99_999, outCouponId: null }, null, 99),
  }));
  return Promise.all(kept);
}
