import type { Discount, Terms } from "../domain/records.ts";

/** A text in both languages of operators. */
type Words = { zh: string; en: string };

/** How many products are named; of more it is told how many there are. */
const NAMED = 3;

/**
 * What a coupon gives, in words, out of what the rules read of its document: 满100元减15元, ¥15 off orders of ¥100 or more.
 * A document that lacks what its type needs states no discount, as the rules see it.
 */
export function wordsOf({ terms: { discount } }: { terms: Pick<Terms, "discount"> }): Words {
  if (discount === null) return { zh: "未说明优惠", en: "states no discount" };
  const { benefit } = discount;
  switch (benefit.kind) {
    case "rate":
      return reduction(discount, { zh: `${inTenths(benefit.rate)}折`, en: `${percentOff(benefit.rate)}% off` });
    case "amountOff":
      return reduction(discount, { zh: `减${yuan(benefit.amountOff)}元`, en: `¥${yuan(benefit.amountOff)} off` });
    case "tradeIn": {
      const [price, got] = [yuan(benefit.price), benefit.outProductId];
      const { zh, en } = asked(discount);
      const limit = only(discount.products);
      return {
        zh: `${zh}加${price}元换购${got}${limit.zh}`,
        en: `${got} for ¥${price}${en && ` with ${en}`}${limit.en}`,
      };
    }
    case "buyAndGet": {
      const { threshold, products } = discount;
      const [bought, got] = [products?.[0] ?? "", benefit.outProductId];
      return {
        zh: `买${threshold.items}送${benefit.items}（${bought === got ? `限商品${got}` : `买${bought}，送${got}`}）`,
        en: `buy ${threshold.items}, get ${benefit.items} free (${bought === got ? `only ${got}` : `buy ${bought}, get ${got}`})`,
      };
    }
  }
}

/** A rate or an amount off, once there is enough in the cart. */
function reduction(discount: Discount, { zh, en }: Words): Words {
  const condition = asked(discount);
  const limit = only(discount.products);
  const isRate = discount.benefit.kind === "rate";
  return {
    zh: `${condition.zh}${condition.zh && isRate ? "打" : ""}${zh}${limit.zh}`,
    en: `${en}${condition.en && ` ${condition.en}`}${limit.en}`,
  };
}

/** What must be in the cart; nothing where nothing is asked. */
function asked({ threshold: { items, spend } }: Discount): Words {
  const zh = [spend > 0 ? `${yuan(spend)}元` : "", items > 0 ? `${items}件` : ""].filter(Boolean).join("且");
  const many = `${items} or more items`;
  const much = `orders of ¥${yuan(spend)} or more`;
  const en = items > 0 && spend > 0 ? `${much} and ${many}` : items > 0 ? many : spend > 0 ? much : "";
  return { zh: zh && `满${zh}`, en };
}

/** Which products it is for. */
function only(products: readonly string[] | null): Words {
  if (products === null) return { zh: "", en: "" };
  const named = products.slice(0, NAMED);
  const more = products.length - named.length;
  return {
    zh: `（限商品${named.join("、")}${more > 0 ? `等${products.length}种` : ""}）`,
    en: ` (only ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""})`,
  };
}

/** A number of 10^-`places` as people write it, without needless zeros: of 8550 with three places 8.55. */
function decimal(value: number, places: number): string {
  const unit = 10 ** places;
  const part = String(value % unit)
    .padStart(places, "0")
    .replace(/0+$/, "");
  return `${Math.floor(value / unit)}${part && `.${part}`}`;
}

/** Fen as yuan. */
export const yuan = (fen: number) => decimal(fen, 2);
/** A rate of 1/10000 that is paid, as the Chinese 折 counts it: in tenths. */
const inTenths = (rate: number) => decimal(rate, 3);
/** The same as the percentage that is taken off. */
const percentOff = (rate: number) => decimal(10_000 - rate, 2);
