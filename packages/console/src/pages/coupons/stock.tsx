import type { OperatedCoupon } from "@quanku/sdk/admin";
import { StockBar } from "../../parts/stock-bar.tsx";
import { useLifetime } from "./lifetime.ts";
import { totalsOf, usedNow } from "./totals.ts";

/** The stock with what was redeemed, which is asked for where the coupon was activated. */
export function Stock({ of: coupon }: { of: OperatedCoupon }) {
  return coupon.stock === null ? <StockBar stock={null} /> : <UsedStock of={coupon} />;
}

function UsedStock({ of: { coupon, stock } }: { of: OperatedCoupon }) {
  const { data } = useLifetime(coupon.out_coupon_id);
  return <StockBar stock={stock} redeemed={data && usedNow(totalsOf(data.entries))} />;
}
