import type { OperatedCoupon } from "@quanku/sdk/admin";
import { count } from "../ui/amounts.ts";
import { table, useWords } from "../words/table.ts";
import "./stock-bar.css";

const words = table("stockBar", {
  left: { zh: "剩 {{number}}", en: "{{number}} left" },
  claimed: { zh: "已领 {{number}}", en: "{{number}} claimed" },
  redeemed: { zh: "已核销 {{number}}", en: "{{number}} redeemed" },
  soldOut: { zh: "已领完", en: "None left" },
  promised: { zh: "{{number}} 张待商家答复", en: "{{number}} promised" },
  none: { zh: "激活后才有库存", en: "No stock until activated" },
});

/**
 * A coupon's stock as a bar of three parts: what was redeemed, what else people were given, and what is left. `redeemed` is how
 * many of those that were claimed are used now; undefined where nobody asked.
 */
export function StockBar({ stock, redeemed }: { stock: OperatedCoupon["stock"]; redeemed?: number | undefined }) {
  const say = useWords(words);
  if (!stock) return <span className="aside">{say("none")}</span>;
  const { remaining, claimed, promised } = stock;
  const used = Math.min(redeemed ?? 0, claimed);
  const parts = [
    remaining === 0 ? say("soldOut") : say("left", { number: count(remaining) }),
    say("claimed", { number: count(claimed) }),
    redeemed === undefined ? "" : say("redeemed", { number: count(used) }),
    promised === 0 ? "" : say("promised", { number: count(promised) }),
  ];
  return (
    <span className="stock-bar numbers">
      <span className="stock-line" aria-hidden="true">
        <i className="redeemed" style={{ flexGrow: used }} />
        <i className="claimed" style={{ flexGrow: claimed - used }} />
        <i className="left" style={{ flexGrow: remaining }} />
      </span>
      <span className={remaining === 0 ? "stock-words sold-out" : "stock-words"}>
        {parts.filter((text) => text !== "").join(" · ")}
      </span>
    </span>
  );
}
