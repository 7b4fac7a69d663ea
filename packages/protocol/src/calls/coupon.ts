import { z } from "zod";
import type { Errcode } from "../codes.ts";
import { type CouponInfo, couponInfo } from "./coupon-info.ts";
import { channel, couponId } from "./ids.ts";
import { inBoth } from "./in-both.ts";
import { couponStatusMeanings, couponTypeMeanings } from "./meanings.ts";
import { isRequired, object, oneOf } from "./scalars.ts";

/** Coupon types (protocol.md section 3): 1-6 concern products, 101-104 the whole shop. */
export type CouponType = keyof typeof couponTypeMeanings;
export const couponTypes = Object.keys(couponTypeMeanings).map(Number) as CouponType[];
export const couponType = () => oneOf(couponTypeMeanings, "What it takes off");

/** Coupon statuses: 1 being edited, 2 active, 3 expired, 4 void; 0 stands in the platform's samples only. */
export type CouponStatus = keyof typeof couponStatusMeanings;
export const couponStatus = (about = "The coupon's status") => oneOf(couponStatusMeanings, about);

/** What a client sends of a coupon, whatever its type needs. What only the server may set is not read. */
const sentCoupon = z.object({
  out_coupon_id: couponId(),
  type: couponType(),
  promote_type: channel(),
  coupon_info: object(couponInfo.describe("The merchant's document, kept and shown as it was sent.")),
});

type Need = { path: string; min: number; max?: number } | { path: string; products: true };

const condition = "discount_info.discount_condition";
const productCount: Need = { path: `${condition}.product_cnt`, min: 1 };
const productPrice: Need = { path: `${condition}.product_price`, min: 1 };
const products: Need = { path: `${condition}.out_product_ids`, products: true };
const rate: Need = { path: "discount_info.discount_num", min: 1, max: 9999 };
const fee: Need = { path: "discount_info.discount_fee", min: 1 };

/** Which fields of `coupon_info` each type cannot do without, and their least values (protocol.md section 3). */
export const neededByType: Record<CouponType, Need[]> = {
  1: [productCount, products, rate],
  2: [productPrice, products, fee],
  3: [products, rate],
  4: [products, fee],
  5: [
    { path: `${condition}.tradein_info.out_product_id`, products: true },
    { path: `${condition}.tradein_info.price`, min: 0 },
  ],
  6: [
    { path: `${condition}.buyget_info.buy_out_product_id`, products: true },
    { path: `${condition}.buyget_info.buy_product_cnt`, min: 1 },
    { path: `${condition}.buyget_info.get_out_product_id`, products: true },
    { path: `${condition}.buyget_info.get_product_cnt`, min: 1 },
  ],
  101: [productCount, rate],
  102: [productPrice, fee],
  103: [rate],
  104: [fee],
};

/** A coupon as `add` and `update` take it: complete for its type, its intervals in order. */
export const couponToAdd = sentCoupon.superRefine(
  (coupon, context) => {
    const told = context.issues.map(({ path = [] }) => path.join("."));
    for (const { path, message, errcode } of faultsOf(coupon)) {
      const full = `coupon_info.${path}`;
      if (told.some((one) => `${full}.`.startsWith(one && `${one}.`))) continue;
      context.addIssue({ code: "custom", path: full.split("."), message, params: { errcode } });
    }
  },
  // Also where something else is wrong, so that all is told at once.
  { when: ({ value }) => typeof value === "object" && value !== null },
);
export type SentCoupon = z.infer<typeof sentCoupon>;

/** What of a coupon says which discount it gives; the rest may not be written yet. */
export const statedDiscount = z.object({
  type: couponType(),
  coupon_info: object(couponInfo.pick({ discount_info: true })),
});
export type StatedDiscount = z.infer<typeof statedDiscount>;

/** Whether a coupon says all that the discount of its type needs: one of a live shop may not. */
export const statesDiscount = ({ type, coupon_info: info }: StatedDiscount): boolean =>
  info.discount_info !== undefined && unmetNeeds(type, info).length === 0;

/** What may lack any member. */
type PartOf<T> = { [Member in keyof T]?: T[Member] | undefined };

type Fault = { path: string; message: string; errcode: Errcode };

/** What is wrong with a coupon beyond its fields' own forms, of which any may be wrong itself. */
function faultsOf({ type, coupon_info: info }: PartOf<SentCoupon>): Fault[] {
  if (typeof info !== "object" || info === null) return [];
  const ofDiscount =
    info.discount_info === undefined
      ? [{ path: "discount_info", message: isRequired, errcode: 1090049 } as const]
      : unmetNeeds(type as CouponType, info);
  const others = [intervalFault(info.receive_info ?? {}, "receive_info", false), validityFault(info.valid_info)];
  return [...ofDiscount, ...others.filter((fault) => fault !== undefined)];
}

const unmetNeeds = (type: CouponType, info: PartOf<CouponInfo>): Fault[] =>
  (neededByType[type] ?? []).flatMap((need) => unmet(need, valueAt(info, need.path), type) ?? []);

function unmet(need: Need, value: unknown, type: CouponType): Fault | undefined {
  const { path } = need;
  if ("products" in need)
    return value === undefined || (Array.isArray(value) && value.length === 0)
      ? { path, message: isRequiredFor("type", type), errcode: 1090011 }
      : undefined;
  if (value === undefined) return { path, message: isRequiredFor("type", type), errcode: 990007 };
  const { min, max } = need;
  if ((value as number) >= min && (max === undefined || (value as number) <= max)) return undefined;
  const message =
    max === undefined
      ? mustBeAtLeast(min, "type", type)
      : inBoth(`must be from ${min} to ${max} for type ${type}`, `type 为 ${type} 时必须在 ${min} 到 ${max} 之间`);
  return { path, message, errcode: 47001 };
}

const isRequiredFor = (field: string, value: number) =>
  inBoth(`is required for ${field} ${value}`, `${field} 为 ${value} 时是必填项`);
const mustBeAtLeast = (least: number, field: string, value: number) =>
  inBoth(`must be at least ${least} for ${field} ${value}`, `${field} 为 ${value} 时不能小于 ${least}`);
const needsBothEnds = inBoth("is required: give both ends of the interval", "是必填项：起止时间要同时给出");

function validityFault(validity: CouponInfo["valid_info"]): Fault | undefined {
  switch (validity?.valid_type) {
    case 1:
      return intervalFault(validity, "valid_info", true);
    case 2:
      return lengthFault("valid_info.valid_day_num", validity.valid_day_num, 2);
    case 3:
      return lengthFault("valid_info.valid_second", validity.valid_second, 3);
  }
}

function lengthFault(path: string, length: number | undefined, validType: number): Fault | undefined {
  if (length === undefined) return { path, message: isRequiredFor("valid_type", validType), errcode: 990007 };
  if (length === 0) return { path, message: mustBeAtLeast(1, "valid_type", validType), errcode: 47001 };
}

function intervalFault(
  { start_time, end_time }: { start_time?: number | undefined; end_time?: number | undefined },
  path: string,
  required: boolean,
): Fault | undefined {
  const given = start_time !== undefined || end_time !== undefined;
  if (!given && !required) return undefined;
  const absent = start_time === undefined ? "start_time" : end_time === undefined ? "end_time" : undefined;
  if (absent) return { path: `${path}.${absent}`, message: needsBothEnds, errcode: 990007 };
  if ((start_time as number) > (end_time as number))
    return {
      path: `${path}.start_time`,
      message: inBoth(`must not be later than ${path}.end_time`, `不能晚于 ${path}.end_time`),
      errcode: 990009,
    };
}

function valueAt(value: unknown, path: string): unknown {
  let at = value;
  for (const key of path.split(".")) at = (at as Record<string, unknown> | undefined)?.[key];
  return at;
}
