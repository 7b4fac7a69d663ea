import type { Language } from "@quanku/protocol/explain";
import { exampleWords } from "./example-words.ts";
import type { Example, Line, RefundExample, WorkedCoupon } from "./examples/example.ts";
import { notUsed } from "./examples/not-used.ts";
import { oneCoupon } from "./examples/one-coupon.ts";
import { refunds } from "./examples/refunds.ts";
import { severalCoupons } from "./examples/several-coupons.ts";

type Say = (typeof exampleWords)[Language];

/** The reference page of what coupons are worth, example by example. */
export function renderWorkedExamples(language: Language): string {
  const say: Say = exampleWords[language];
  const sections = (examples: readonly Example[]) => examples.map((example) => section(example, say)).join("\n");
  return `${say.head}
${sections(oneCoupon)}
${say.several}
${sections(severalCoupons)}
${say.notUsed}

${notUsedTable(notUsed, say)}
${say.refunds}

${refundTable(refunds, say)}`;
}

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
const amountOf = ({ price, quantity }: Line) => price * quantity;

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const lines = [head, head.map((_, at) => (at === 0 ? "---" : "--:")), ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

/** One example: its coupons, the cart with what each coupon takes off, and why. */
function section({ title, policy, basis, coupons, lines, results, pays, why }: Example, say: Say): string {
  const numbered = (number: number) => (coupons.length > 1 ? number : undefined);
  const wallet = coupons.map(
    (coupon, at) =>
      `- ${say.coupon(numbered(at + 1), inWords(coupon, say))} \`${JSON.stringify(coupon.discount_info)}\`\n`,
  );
  const used = results.flatMap((parts, at) => (Array.isArray(parts) ? [{ number: at + 1, parts }] : []));
  const offOn = (place: number) => used.map(({ parts }) => parts[place] as number);
  const [what, each, toPay] = say.cart as [string, string, string];
  const cart = lines.map((line, place) => {
    const { out_product_id, price, quantity } = line;
    return [out_product_id, `${price} × ${quantity}`, ...offOn(place), amountOf(line) - sum(offOn(place))];
  });
  const all = [say.together, sum(lines.map(amountOf)), ...used.map(({ parts }) => sum(parts)), `**${pays}**`];
  const unused = results.flatMap((reason, at) =>
    Array.isArray(reason) ? [] : [`${say.unused(at + 1, reason.code, reason.explained)}\n\n`],
  );
  return `### ${say.told(title)}

${policy ? `${say.policy(policy, basis)}\n\n` : ""}${wallet.join("")}
${table([what, each, ...used.map(({ number }) => say.off(numbered(number))), toPay], [...cart, all])}
${unused.join("")}${say.told(why)}
`;
}

function notUsedTable(examples: readonly Example[], say: Say): string {
  const rows = examples.map(({ coupons, lines, results, why }) => {
    const [coupon] = coupons as [WorkedCoupon];
    const cart = lines.map(({ out_product_id, price, quantity }) => `${out_product_id} ${price} × ${quantity}`);
    const [reason] = results;
    if (!reason || Array.isArray(reason)) throw new Error("an example of a coupon that is not used, and it is");
    return `| ${inWords(coupon, say)} | ${cart.join(", ")} | \`${reason.code}\` | ${reason.explained} | ${say.told(why)} |\n`;
  });
  return `| ${say.notUsedColumns.join(" | ")} |\n|---|---|---|---|---|\n${rows.join("")}`;
}

function refundTable(examples: readonly RefundExample[], say: Say): string {
  const rows = examples.map(({ line, returned, refunds: amounts, why }) => {
    const { out_product_id, price, quantity, discount } = line;
    const bought = say.less(`${out_product_id} ${price} × ${quantity}`, discount);
    return `| ${bought} | ${amountOf(line) - discount} | ${returned.join(say.andThen)} | ${amounts.join(", ")} | ${say.told(why)} |\n`;
  });
  return `| ${say.refundColumns.join(" | ")} |\n|---|---|---|---|---|\n${rows.join("")}`;
}

/** `type 2: 300 fen off tea, from 2000 fen on` */
function inWords(coupon: WorkedCoupon, say: Say): string {
  const { product_cnt, product_price } = coupon.discount_info.discount_condition ?? {};
  const left = coupon.daysLeft === undefined ? "" : say.daysLeft(coupon.daysLeft);
  return say.type(coupon.type, `${say.gives(coupon)}${say.least(product_cnt, product_price)}${left}`);
}
