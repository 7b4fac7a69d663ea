import type { CartLine } from "@quanku/sdk";
import type { Terms } from "../../parts/coupon-terms.ts";

/** A line of the example cart as it is typed: the price is fen. */
export type Line = { product: string; price: number | null; quantity: number | null };

/** A price of one item in the examples, fen. */
const PRICE = 4900;

/** A cart that meets what a coupon asks for, as far as it is written, so that one sees what it takes off. */
export function exampleCart({
  type,
  items,
  spend,
  products,
  tradeIn,
  bought,
  boughtItems,
  got,
  gotItems,
}: Terms): Line[] {
  const first = products[0] ?? "product-1";
  if (type === 6)
    return bought === got
      ? [line(bought, PRICE, (boughtItems ?? 1) + (gotItems ?? 1))]
      : [line(bought, PRICE, boughtItems), line(got, 1900, gotItems)];
  if (type === 5) {
    const needed = items || spend || products.length > 0 ? [line(first, priceFor(spend, items), items)] : [];
    return [...needed, line(tradeIn, 9900, 1)];
  }
  return [line(first, priceFor(spend, items), items), line(products[1] ?? "product-2", 2900, 1)];
}

const line = (product: string, price: number, quantity: number | null): Line => ({
  product: product || "product-1",
  price,
  quantity: quantity || 1,
});

/** A price, in whole tens of yuan, at which so many items come to what has to be spent. */
const priceFor = (spend: number | null, items: number | null): number =>
  Math.max(PRICE, Math.ceil((spend ?? 0) / (items || 1) / 1000) * 1000);

/** Whether a line is whole, and not still being typed. */
const isWhole = (line: Line): line is Line & { price: number; quantity: number } =>
  line.product !== "" && line.price !== null && line.quantity !== null && line.quantity > 0;

/** The lines that are whole, as the wire takes them. */
export const cartOf = (lines: readonly Line[]): CartLine[] =>
  lines.filter(isWhole).map(({ product, price, quantity }) => ({ out_product_id: product, price, quantity }));

/** What is said of each line, of which only the whole ones were asked about. */
export function besideLines<Said>(lines: readonly Line[], said: readonly Said[]): (Said | undefined)[] {
  const rest = said.values();
  return lines.map((line) => (isWhole(line) ? rest.next().value : undefined));
}
