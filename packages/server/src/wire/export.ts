import type { Actor } from "../domain/actor.ts";
import type { UserCoupon } from "../domain/records.ts";
import type { Ledger } from "../service/ledger.ts";
import type { StoreReads } from "../store/store.ts";
import { encodeStockedCoupon, encodeUserCoupon } from "./snapshot.ts";

/** How many coupons or user coupons are read at a time. */
const LINES_TOGETHER = 500;

/** The lines of an app's snapshot: its coupons, then the wallets of its people, each oldest first. */
export async function* writeSnapshot(reads: StoreReads, appid: string): AsyncGenerator<string> {
  for (let offset = 0, total = 1; offset < total; offset += LINES_TOGETHER) {
    const page = await reads.listCoupons(appid, offset, LINES_TOGETHER);
    for (const entry of page.entries) yield `${encodeStockedCoupon(entry)}\n`;
    total = page.total;
  }
  for (let last: UserCoupon | undefined; ; ) {
    const userCoupons = await reads.listWallets(appid, last ?? null, LINES_TOGETHER);
    for (const userCoupon of userCoupons) yield `${encodeUserCoupon(userCoupon)}\n`;
    last = userCoupons.at(-1);
    if (!last) return;
  }
}

/**
 * The same for somebody who exports the app: once the last line was taken it is noted in the app, with the last journal
 * entry that was there before the first line.
 */
export async function* exportApp(
  { reads, ledger }: { reads: StoreReads; ledger: Ledger },
  appid: string,
  by: Actor,
): AsyncGenerator<string> {
  const { seq } = await reads.journalEnd(appid);
  yield* writeSnapshot(reads, appid);
  await ledger.submit({ do: "noteExport", appid, seq }, by);
}
