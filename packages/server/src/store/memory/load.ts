import { idsOf, type RecordKey } from "../../domain/records.ts";
import type { WorkingCopy } from "../../domain/working-copy.ts";
import { keyOf, type Tables } from "./schema.ts";

/** Provides what one key names. */
export function load(tables: Tables, key: RecordKey, records: WorkingCopy): void {
  const { appid } = key;
  const ids = idsOf(key);
  switch (key.need) {
    case "coupon":
      records.provide("coupon", ids, tables.coupon.get(keyOf(...ids)));
      records.provide("stock", ids, tables.stock.get(keyOf(...ids)));
      break;
    case "holdsOf": {
      const { outCouponId, openid } = key;
      const holds = [...tables.hold.values()].filter(
        (hold) => hold.appid === appid && hold.outCouponId === outCouponId && hold.openid === openid,
      );
      records.provideHoldsOf([appid, outCouponId, openid], holds);
      break;
    }
    case "catalogueSize":
      records.provideCount("catalogueSize", ids, tables.catalogues.get(appid)?.length ?? 0);
      break;
    case "walletSize":
      records.provideCount("walletSize", ids, tables.wallets.get(keyOf(...ids))?.length ?? 0);
      break;
    case "given": {
      const wallet = tables.wallets.get(keyOf(appid, key.openid)) ?? [];
      const count = wallet.filter((id) => tables.userCoupon.get(id)?.outCouponId === key.outCouponId).length;
      records.provideCount("given", ids, count);
      break;
    }
    case "operators":
      records.provideOperators(
        appid,
        [...tables.operator.values()].filter((operator) => operator.appid === appid),
      );
      break;
    case "persons":
      records.providePersons(
        appid,
        [...tables.person.values()].filter((person) => person.appid === appid),
      );
      break;
    default:
      records.provide(key.need, ids, tables[key.need].get(keyOf(...ids)));
  }
}
