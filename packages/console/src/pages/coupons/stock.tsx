import type { OperatedCoupon } from "@quanku/sdk/admin";
import { useEffect, useState } from "react";
import { StockBar } from "../../parts/stock-bar.tsx";
import { useLifetime } from "./lifetime.ts";
import { totalsOf, usedNow } from "./totals.ts";

/** How long a coupon is in sight before its reports are asked for, in milliseconds: what is scrolled past is not. */
const STAYS = 200;

/** The stock, with what was redeemed of it. */
export function Stock({ of: { coupon, stock } }: { of: OperatedCoupon }) {
  if (!stock?.claimed) return <StockBar stock={stock} redeemed={0} />;
  return <UsedStock id={coupon.out_coupon_id} stock={stock} />;
}

function UsedStock({ id, stock }: { id: string; stock: OperatedCoupon["stock"] }) {
  const [stays, setStays] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setStays(true), STAYS);
    return () => clearTimeout(timer);
  }, []);
  const { data } = useLifetime(id, stays);
  return <StockBar stock={stock} redeemed={data && usedNow(totalsOf(data.entries))} />;
}
