import type { Store } from "../store/store.ts";
import type { Apps } from "./apps.ts";
import type { Clock } from "./clock.ts";
import type { Ledger } from "./ledger.ts";

/** How many are expired together: a batch shares a commit with the claims that arrive meanwhile. */
const BATCH = 200;

type ExpiryOptions = { store: Store; ledger: Ledger; apps: Apps; clock: Clock };

/**
 * Expires, for apps that want it, the user coupons past their end and the coupons whose fixed validity is over; answers
 * how many. Where one app's cannot be expired now, the others' are, and then it is told. No rule relies on it having run: it only lets lists show what is so.
 */
export async function expireDue({ store, ledger, apps, clock }: ExpiryOptions): Promise<number> {
  let expired = 0;
  const faults: unknown[] = [];
  for (const { appid, settings } of await apps.list()) {
    if (!settings.autoExpire) continue;
    try {
      expired += await inBatches(async () => {
        const over = await store.listUserCouponsOver(appid, clock(), BATCH);
        await Promise.all(over.map((ids) => ledger.submit({ do: "expireUserCoupon", appid, ...ids }, "job expiry")));
        return over.length;
      });
      expired += await inBatches(async () => {
        const over = await store.listCouponsOver(appid, clock(), BATCH);
        await Promise.all(
          over.map((outCouponId) => ledger.submit({ do: "expireCoupon", appid, outCouponId }, "job expiry")),
        );
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
