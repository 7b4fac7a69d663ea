import type { OperatedCoupon } from "@quanku/sdk/admin";
import { count } from "../ui/amounts.ts";
import { table, useWords } from "../words/table.ts";

const words = table("stockBar", {
  left: { zh: "剩 {{remaining}}，已领 {{claimed}}", en: "{{remaining}} left, {{claimed}} claimed" },
  none: { zh: "激活后才有库存", en: "No stock until it is activated" },
});

/** A coupon's stock as a bar: what is left, and what people have. */
export function StockBar({ stock }: { stock: OperatedCoupon["stock"] }) {
  const say = useWords(words);
  if (!stock) return <span className="aside">{say("none")}</span>;
  const { remaining, claimed } = stock;
  const share = remaining + claimed === 0 ? 0 : claimed / (remaining + claimed);
  return (
    <span className="stock-bar numbers">
      <meter min={0} max={1} value={share} />
      {say("left", { remaining: count(remaining), claimed: count(claimed) })}
    </span>
  );
}
