import { stackingPolicies, thresholdBases } from "@quanku/protocol/calls";
import type { Example, Line, RefundExample, WorkedCoupon } from "./examples/example.ts";
import { notUsed } from "./examples/not-used.ts";
import { oneCoupon } from "./examples/one-coupon.ts";
import { refunds } from "./examples/refunds.ts";
import { severalCoupons } from "./examples/several-coupons.ts";

/** The reference page of what coupons are worth, example by example. */
export const renderWorkedExamples = (): string => `# What a coupon is worth: worked examples

What [quote, lock, redeem and return](calls.md#quote) reckon, by the rules of
[ADR 10](../adr/0010-what-a-coupon-is-worth.md). The engine is tested with each of these examples. Money is fen (1/100 yuan).

## One coupon

The same under every policy.

${oneCoupon.map(section).join("\n")}
## Several coupons

The policies are \`${stackingPolicies.join("`, `")}\`; the first is the default. What the
thresholds of shop coupons are judged by is a setting of the app too, \`${thresholdBases.join("` or `")}\`; the first is the default.

${severalCoupons.map(section).join("\n")}
## Why a coupon is not used

${notUsedTable(notUsed)}
## Refunds

${refundTable(refunds)}`;

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
const amountOf = ({ price, quantity }: Line) => price * quantity;

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const lines = [head, head.map((_, at) => (at === 0 ? "---" : "--:")), ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

/** One example: its coupons, the cart with what each coupon takes off, and why. */
function section({ title, policy, basis, coupons, lines, results, pays, why }: Example): string {
  const wallet = coupons.map((coupon, at) => {
    const name = coupons.length > 1 ? `Coupon ${at + 1}` : "Coupon";
    return `- ${name} of ${inWords(coupon)}. \`${JSON.stringify(coupon.discount_info)}\`\n`;
  });
  const used = results.flatMap((parts, at) => (Array.isArray(parts) ? [{ number: at + 1, parts }] : []));
  const offOn = (place: number) => used.map(({ parts }) => parts[place] as number);
  const head = used.map(({ number }) => (coupons.length > 1 ? `off by coupon ${number}` : "off"));
  const cart = lines.map((line, place) => {
    const { out_product_id, price, quantity } = line;
    return [out_product_id, `${price} × ${quantity}`, ...offOn(place), amountOf(line) - sum(offOn(place))];
  });
  const all = ["together", sum(lines.map(amountOf)), ...used.map(({ parts }) => sum(parts)), `**${pays}**`];
  const unused = results.flatMap((reason, at) =>
    Array.isArray(reason) ? [] : [`Coupon ${at + 1} is not used: \`${reason.code}\`, ${reason.explained}.\n\n`],
  );
  return `### ${title}

${policy ? `Policy \`${policy}\`${basis ? `, thresholds of shop coupons judged \`${basis}\`` : ""}.\n\n` : ""}${wallet.join("")}
${table(["cart", "price × items", ...head, "to pay"], [...cart, all])}
${unused.join("")}${why}
`;
}

function notUsedTable(examples: readonly Example[]): string {
  const rows = examples.map(({ coupons, lines, results, why }) => {
    const [coupon] = coupons as [WorkedCoupon];
    const cart = lines.map(({ out_product_id, price, quantity }) => `${out_product_id} ${price} × ${quantity}`);
    const [reason] = results;
    if (!reason || Array.isArray(reason)) throw new Error("an example of a coupon that is not used, and it is");
    return `| ${inWords(coupon)} | ${cart.join(", ")} | \`${reason.code}\` | ${reason.explained} | ${why} |\n`;
  });
  return `| coupon | cart, price × items | reason | explained | why |\n|---|---|---|---|---|\n${rows.join("")}`;
}

function refundTable(examples: readonly RefundExample[]): string {
  const rows = examples.map(({ line, returned, refunds: amounts, why }) => {
    const { out_product_id, price, quantity, discount } = line;
    const bought = `${out_product_id} ${price} × ${quantity}, less ${discount}`;
    return `| ${bought} | ${amountOf(line) - discount} | ${returned.join(", then ")} | ${amounts.join(", ")} | ${why} |\n`;
  });
  return `| line | paid | items returned | refunds | why |\n|---|---|---|---|---|\n${rows.join("")}`;
}

/** `type 2: 300 fen off tea, from 2000 fen on` */
function inWords(coupon: WorkedCoupon): string {
  const { product_cnt, product_price } = coupon.discount_info.discount_condition ?? {};
  const least = [product_cnt && `${product_cnt} items`, product_price && `${product_price} fen`].filter(Boolean);
  const from = least.length > 0 ? `, from ${least.join(" and ")} on` : "";
  const left = coupon.daysLeft === undefined ? "" : `, ${coupon.daysLeft} days left`;
  return `type ${coupon.type}: ${gives(coupon)}${from}${left}`;
}

function gives({ type, discount_info }: WorkedCoupon): string {
  const { discount_condition = {}, discount_num, discount_fee } = discount_info;
  const { out_product_ids, tradein_info: trade, buyget_info: get } = discount_condition;
  const products = out_product_ids?.join(", ");
  if (trade) return `one ${trade.out_product_id} for ${trade.price} fen`;
  if (get)
    return `for every ${get.buy_product_cnt} ${get.buy_out_product_id} bought, ${get.get_product_cnt} ${get.get_out_product_id} free`;
  if (![1, 3, 101, 103].includes(type)) return `${discount_fee} fen off${products ? ` ${products}` : ""}`;
  if (discount_num === undefined) return "a ratio that is not stated";
  return `pay ${discount_num / 100} %${products ? ` of ${products}` : ""}`;
}
