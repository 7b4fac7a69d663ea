import type { Change } from "../../domain/working-copy.ts";
import { CALLBACKS_KEPT, type CallbackAttempt, type JournalEntry } from "../store.ts";
import { keyOf, type Tables } from "./schema.ts";

/** Saves one changed record. */
export function save(tables: Tables, { record, value, fresh }: Change): void {
  switch (record) {
    case "app":
      tables.apps.set(value.appid, value);
      return;
    case "coupon": {
      tables.positions.set(keyOf(value.appid, value.outCouponId), value.position);
      listOf(tables.catalogues, value.appid)[value.position] = value;
      return;
    }
    case "stock":
      tables.stocks.set(keyOf(value.appid, value.outCouponId), value);
      return;
    case "claim":
      tables.claims.set(keyOf(value.appid, value.requestId), value);
      return;
    case "order":
      tables.orders.set(keyOf(value.appid, value.outOrderId), value);
      return;
    case "hold": {
      const key = keyOf(value.appid, value.requestId);
      if (value.open) tables.holds.set(key, value);
      else tables.holds.delete(key);
      return;
    }
    case "userCoupon": {
      const key = keyOf(value.appid, value.outCouponId, value.outUserCouponId);
      tables.userCoupons.set(key, value);
      if (fresh) listOf(tables.wallets, keyOf(value.appid, value.openid)).push(key);
      return;
    }
  }
}

/** Adds an entry to its app's journal. */
export function saveEntry(tables: Tables, entry: JournalEntry): void {
  const journal = listOf(tables.journals, entry.appid);
  journal.push({ ...entry, seq: journal.length + 1 });
}

/** Keeps attempts at asking a merchant. */
export function saveCallbacks(tables: Tables, attempts: readonly CallbackAttempt[]): void {
  for (const attempt of attempts) {
    const kept = [...(tables.callbacks.get(attempt.appid) ?? []), attempt];
    const oldest = attempt.at - CALLBACKS_KEPT.milliseconds;
    tables.callbacks.set(attempt.appid, kept.filter(({ at }) => at >= oldest).slice(-CALLBACKS_KEPT.count));
  }
}

function listOf<T>(lists: Map<string, T[]>, key: string): T[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
