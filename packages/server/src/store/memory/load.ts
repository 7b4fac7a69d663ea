import type { RecordKey } from "../../domain/records.ts";
import type { WorkingCopy } from "../../domain/working-copy.ts";
import { findCoupon, keyOf, type Tables } from "./schema.ts";

/** Provides what one key names. */
export function load(tables: Tables, key: RecordKey, records: WorkingCopy): void {
  const { appid } = key;
  switch (key.need) {
    case "app":
      records.provide("app", [appid], tables.apps.get(appid));
      break;
    case "coupon": {
      const ids = [appid, key.outCouponId];
      records.provide("coupon", ids, findCoupon(tables, appid, key.outCouponId));
      records.provide("stock", ids, tables.stocks.get(keyOf(...ids)));
      break;
    }
    case "userCoupon": {
      const ids = [appid, key.outCouponId, key.outUserCouponId];
      records.provide("userCoupon", ids, tables.userCoupons.get(keyOf(...ids)));
      break;
    }
    case "claim": {
      const ids = [appid, key.requestId];
      records.provide("claim", ids, tables.claims.get(keyOf(...ids)));
      break;
    }
    case "hold": {
      const ids = [appid, key.requestId];
      records.provide("hold", ids, tables.holds.get(keyOf(...ids)));
      break;
    }
    case "holdsOf": {
      const { outCouponId, openid } = key;
      const holds = [...tables.holds.values()].filter(
        (hold) => hold.appid === appid && hold.outCouponId === outCouponId && hold.openid === openid,
      );
      records.provideHoldsOf([appid, outCouponId, openid], holds);
      break;
    }
    case "order": {
      const ids = [appid, key.outOrderId];
      records.provide("order", ids, tables.orders.get(keyOf(...ids)));
      break;
    }
    case "catalogueSize":
      records.provideCount("catalogueSize", [appid], tables.catalogues.get(appid)?.length ?? 0);
      break;
    case "walletSize": {
      const wallet = tables.wallets.get(keyOf(appid, key.openid));
      records.provideCount("walletSize", [appid, key.openid], wallet?.length ?? 0);
      break;
    }
    case "given": {
      const wallet = tables.wallets.get(keyOf(appid, key.openid)) ?? [];
      const count = wallet.filter((id) => tables.userCoupons.get(id)?.outCouponId === key.outCouponId).length;
      records.provideCount("given", [appid, key.outCouponId, key.openid], count);
      break;
    }
  }
}
