import "./coupon-face.css";
import type { Words as Sentence } from "@quanku/sdk/admin";
import { minuteOf } from "../ui/shop-time.ts";
import { currentLanguage } from "../words/language.ts";
import { type Say, table, useWords } from "../words/table.ts";
import { type CouponDocument, isOfShop, type Terms, termsOf } from "./coupon-terms.ts";

const words = table("couponFace", {
  unnamed: { zh: "优惠券名称", en: "Name of the coupon" },
  tenths: { zh: "折", en: "" },
  percentOff: { zh: "", en: "% off" },
  tradeIn: { zh: "换购 · {{condition}}", en: "trade-in, {{condition}}" },
  buyAndGet: { zh: "买{{bought}}送{{got}}", en: "Buy {{bought}} get {{got}}" },
  gift: { zh: "送 {{got}}", en: "{{got}} free" },
  spend: { zh: "满 {{spend}} 元可用", en: "from ¥{{spend}}" },
  items: { zh: "满 {{items}} 件可用", en: "from {{items}} items" },
  both: { zh: "满 {{spend}} 元且 {{items}} 件", en: "from ¥{{spend}}, {{items}} items" },
  noThreshold: { zh: "无门槛", en: "no minimum" },
  shop: { zh: "全店通用", en: "Whole shop" },
  products: { zh: "指定商品", en: "Some products" },
  days: {
    zh: "领取后 {{count}} 天内有效",
    en: { one: "Valid for {{count}} day once claimed", other: "Valid for {{count}} days once claimed" },
  },
  hours: {
    zh: "领取后 {{count}} 小时内有效",
    en: { one: "Valid for {{count}} hour once claimed", other: "Valid for {{count}} hours once claimed" },
  },
  minutes: {
    zh: "领取后 {{count}} 分钟内有效",
    en: { one: "Valid for {{count}} minute once claimed", other: "Valid for {{count}} minutes once claimed" },
  },
  seconds: {
    zh: "领取后 {{count}} 秒内有效",
    en: { one: "Valid for {{count}} second once claimed", other: "Valid for {{count}} seconds once claimed" },
  },
  until: { zh: "{{from}} 至 {{until}}", en: "{{from}} to {{until}}" },
  always: { zh: "长期有效", en: "No end date" },
  claim: { zh: "领取", en: "Claim" },
});
type SayFace = Say<keyof (typeof words)["words"]>;

/**
 * A coupon as a person's phone shows it. Of its document, as far as it is written, it takes the figure, the condition and the
 * validity; without one it shows the name and the sentence alone.
 */
export function CouponFace({
  name,
  words: sentence,
  coupon,
}: {
  name: string;
  words: Sentence | null;
  coupon?: CouponDocument | undefined;
}) {
  const say = useWords(words);
  const terms = coupon && termsOf(coupon);
  const isShop = terms?.type == null || isOfShop(terms.type);
  return (
    <article className={`coupon-face ${isShop ? "of-shop" : "of-products"}`}>
      {terms && <Figure terms={terms} say={say} />}
      <div className="coupon-face-body">
        {terms && <span className="coupon-face-scope">{say(isShop ? "shop" : "products")}</span>}
        <strong className="coupon-face-name">{name || say("unnamed")}</strong>
        <p>{sentence?.[currentLanguage()] ?? "\u00a0"}</p>
        {terms && (
          <footer>
            <span className="numbers">{validityText(terms, say)}</span>
            <span className="coupon-face-button" aria-hidden="true">
              {say("claim")}
            </span>
          </footer>
        )}
      </div>
    </article>
  );
}

function Figure({ terms, say }: { terms: Terms; say: SayFace }) {
  const { before, figure, after } = figureOf(terms, say);
  return (
    <div className="coupon-face-figure">
      <span className={`numbers ${isLong(figure) ? "long" : ""}`}>
        {before && <small>{before}</small>}
        {figure}
        {after && <small>{after}</small>}
      </span>
      <span>
        {terms.type === 5 ? say("tradeIn", { condition: conditionText(terms, say) }) : conditionText(terms, say)}
      </span>
    </div>
  );
}

/** Whether a figure is wider than five digits: what is no letter of Latin takes the room of two. */
const isLong = (figure: string) => figure.replace(/[^\x20-\x7e]/g, "00").length > 5;

/** What stands large on a coupon, and smaller before and after it. */
function figureOf({ type, rate, off, tradeInPrice, boughtItems, gotItems }: Terms, say: SayFace) {
  const plain = (value: number) => String(value);
  switch (type) {
    case 5:
      return { before: "¥", figure: tradeInPrice === null ? "–" : plain(tradeInPrice / 100), after: "" };
    case 6:
      return { before: "", figure: say("buyAndGet", { bought: boughtItems ?? "–", got: gotItems ?? "–" }), after: "" };
    case 2:
    case 4:
    case 102:
    case 104:
      return { before: "¥", figure: off === null ? "–" : plain(off / 100), after: "" };
    default: {
      const isTenths = currentLanguage() === "zh";
      const figure = rate === null ? "–" : plain(isTenths ? rate / 1000 : (10_000 - rate) / 100);
      return { before: "", figure, after: say(isTenths ? "tenths" : "percentOff") };
    }
  }
}

/** What has to be bought for it, in a few words. */
function conditionText({ type, spend, items, got, products }: Terms, say: SayFace): string {
  if (type === 6) return say("gift", { got: got || "–" });
  const asksSpend = type === 2 || type === 102 || (type === 5 && (spend ?? 0) > 0);
  const asksItems = type === 1 || type === 101 || (type === 5 && ((items ?? 0) > 0 || products.length > 0));
  const given = { spend: spend === null ? "–" : spend / 100, items: items ?? (type === 5 ? 1 : "–") };
  if (asksSpend) return say(asksItems && type === 5 && (items ?? 0) > 0 ? "both" : "spend", given);
  return say(asksItems ? "items" : "noThreshold", given);
}

/** How long it can be used, in a few words. */
function validityText({ validity, validDays, validSeconds, validFrom, validUntil }: Terms, say: SayFace): string {
  const shown = (seconds: number | null) => (seconds === null ? "–" : minuteOf(seconds));
  if (validity === 1) return say("until", { from: shown(validFrom), until: shown(validUntil) });
  if (validity === 2) return say("days", { count: validDays ?? 0 });
  if (validity !== 3) return say("always");
  const seconds = validSeconds ?? 0;
  if (seconds > 0 && seconds % 3600 === 0) return say("hours", { count: seconds / 3600 });
  return seconds > 0 && seconds % 60 === 0
    ? say("minutes", { count: seconds / 60 })
    : say("seconds", { count: seconds });
}
