import type { Change } from "../../domain/working-copy.ts";
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
    case "userCoupon": {
      const key = keyOf(value.appid, value.outCouponId, value.outUserCouponId);
      tables.userCoupons.set(key, value);
      if (fresh) listOf(tables.wallets, keyOf(value.appid, value.openid)).push(key);
      return;
    }
  }
}

function listOf<T>(lists: Map<string, T[]>, key: string): T[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
