import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CartLine } from "../../../src/domain/pricing/cart.ts";
import type { HeldCoupon } from "../../../src/domain/pricing/eligible.ts";
import { root } from "../../style/sources.ts";
import { discountFrom, held, until } from "./held.ts";

const text = readFileSync(join(root, "docs/adr/0010-what-a-coupon-is-worth.md"), "utf8");

/** The rows of the ADR's table whose first columns are called so, each cell without its back-ticks. */
export function rowsOf(...columns: string[]): string[][] {
  const head = `| ${columns.join(" | ")} |`;
  const from = text.indexOf(head);
  if (from < 0) throw new Error(`the ADR has no table ${head}`);
  const lines = text.slice(from).split("\n");
  const end = lines.findIndex((line) => !line.startsWith("|"));
  return lines.slice(2, end).map((line) =>
    line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim().replaceAll("`", "")),
  );
}

/** `833, 834`, or nothing. */
export const numbersIn = (cell: string): number[] => (cell === "" ? [] : cell.split(", ").map(Number));

/** `tea 1000×2, cup 300×1` */
export const cartIn = (cell: string): CartLine[] =>
  cell.split(", ").map((line) => {
    const [, outProductId, price, quantity] = /^(\w+) (\d+)×(\d+)$/.exec(line) as RegExpExecArray;
    return { outProductId: outProductId as string, price: Number(price), quantity: Number(quantity) };
  });

/** Coupons as the ADR writes them: the type, and the fields of `discount_info` wherever in it they stand. */
export const walletIn = (cell: string): HeldCoupon[] =>
  cell.split("<br>").map((coupon, index) => {
    const [type, rest] = coupon.split(": ") as [string, string];
    const fields = new Map(rest.split(", ").map((field) => field.split(" ") as [string, string]));
    const end = fields.get("until");
    const userCoupon = until(end === undefined ? undefined : Number(end));
    return held(String(index + 1), discountFrom(Number(type), discountInfo(fields)), { userCoupon });
  });

const places: Record<string, string[]> = {
  discount_info: ["discount_num", "discount_fee"],
  discount_condition: ["product_cnt", "product_price", "out_product_ids"],
  tradein_info: ["out_product_id", "price"],
  buyget_info: ["buy_out_product_id", "buy_product_cnt", "get_out_product_id", "get_product_cnt"],
};

function discountInfo(fields: Map<string, string>): object {
  const known = Object.values(places).flat();
  for (const name of fields.keys()) if (name !== "until" && !known.includes(name)) throw new Error(`field ${name}?`);
  const block = (name: string) =>
    Object.fromEntries(
      (places[name] as string[]).flatMap((field) => {
        const value = fields.get(field);
        if (value === undefined) return [];
        return [[field, field === "out_product_ids" ? value.split("+") : /^\d+$/.test(value) ? Number(value) : value]];
      }),
    );
  const inner = (name: string) => (Object.keys(block(name)).length > 0 ? { [name]: block(name) } : {});
  return {
    ...block("discount_info"),
    discount_condition: { ...block("discount_condition"), ...inner("tradein_info"), ...inner("buyget_info") },
  };
}
