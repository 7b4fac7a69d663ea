import type { ExpireCoupon, ExpireUserCoupon } from "../domain/expiry.ts";
import { timeOfApp } from "../domain/sandbox/clock.ts";
import type { Store } from "../store/store.ts";
import type { Apps } from "./apps.ts";
import type { Clock } from "./clock.ts";
import type { Ledger } from "./ledger.ts";

/** How many are expired together: a batch shares a commit with the claims that arrive meanwhile. */
const BATCH = 200;

/** Whoever expires what is past its time. */
export const EXPIRY = "job expiry";

/** What sets something to expired that is past its time. */
export type Expiry = ExpireUserCoupon | ExpireCoupon;

type ExpiryOptions = { store: Store; ledger: Ledger; apps: Apps; clock: Clock };

/**
 * Expires, for apps that want it, the user coupons past their end and the coupons whose fixed validity is over, by the app's clock; answers
 * how many. Where one app's cannot be expired now, the others' are, and then it is told. No rule relies on it having run: it only lets lists show what is so.
 */
export async function expireDue({ store, ledger, apps, clock }: ExpiryOptions): Promise<number> {
  let expired = 0;
  const faults: unknown[] = [];
  for (const { appid, settings } of await apps.list()) {
    if (!settings.autoExpire) continue;
    // The clock may be moved meanwhile, and what is not over by it would be listed for ever.
    const timeNow = async () => {
      const app = await store.app(appid);
      return app ? timeOfApp(app, clock()) : 0;
    };
    const submit = (command: Expiry) => ledger.submit(command, EXPIRY);
    try {
      expired += await inBatches(async () => {
        const over = await store.listUserCouponsOver(appid, await timeNow(), BATCH);
        await Promise.all(over.map(({ last: _, ...ids }) => submit({ do: "expireUserCoupon", appid, ...ids })));
        return over.length;
      });
      expired += await inBatches(async () => {
        const over = await store.listCouponsOver(appid, await timeNow(), BATCH);
        await Promise.all(over.map(({ outCouponId }) => submit({ do: "expireCoupon", appid, outCouponId })));
        return over.length;
      });
    } catch (error) {
      faults.push(error);
    }
  }
  if (faults.length > 0) throw faults[0];
  return expired;
}

async function inBatches(expireBatch: () => Promise<number>): Promise<number> {
  for (let expired = 0; ; ) {
    const batch = await expireBatch();
    expired += batch;
    if (batch < BATCH) return expired;
  }
}
