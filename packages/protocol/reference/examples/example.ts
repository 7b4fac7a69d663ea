import type {
  CouponInfo,
  CouponType,
  ReasonShown,
  StackingPolicyName,
  ThresholdBasisName,
} from "@quanku/protocol/calls";

/** Worked examples of ADR 10: the reference page shows them and the engine is tested with them. Money is fen. */

export type Line = { out_product_id: string; price: number; quantity: number };

export type WorkedCoupon = {
  type: CouponType;
  discount_info: NonNullable<CouponInfo["discount_info"]>;
  /** How long it can still be used; absent: for ever. */
  daysLeft?: number;
};

export type Example = {
  title: string;
  lines: Line[];
  /** The person's wallet, in its order. */
  coupons: WorkedCoupon[];
  /** Which coupons may go together; absent: it is the same under every policy. */
  policy?: StackingPolicyName;
  /** What a shop coupon's threshold is judged by; absent: `list`. */
  basis?: ThresholdBasisName;
  /** Of each coupon what it takes off each line, or the reason why it is not used. */
  results: (number[] | ReasonShown)[];
  pays: number;
  why: string;
};

/** Items of one line that come back, in steps. */
export type RefundExample = {
  line: Line & { discount: number };
  returned: number[];
  refunds: number[];
  why: string;
};

const lineOf = (out_product_id: string) => (price: number, quantity: number) => ({ out_product_id, price, quantity });
export const tea = lineOf("tea");
export const cup = lineOf("cup");
export const pot = lineOf("pot");
