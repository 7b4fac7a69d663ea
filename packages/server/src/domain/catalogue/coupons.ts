import { refuse, unchanged, write } from "../outcome.ts";
import type { Coupon, CouponStatus, RecordKey, Stock } from "../records.ts";
import type { Rule } from "../rule.ts";
import { sameDocument } from "./documents.ts";

/** What a merchant says of a coupon; the rest is ours to set. */
export type CouponContent = Pick<Coupon, "appid" | "outCouponId" | "kind" | "channel" | "document" | "terms">;

type Named = { appid: string; outCouponId: string };
const coupon = ({ appid, outCouponId }: Named): RecordKey => ({ need: "coupon", appid, outCouponId });

export type AddCoupon = { do: "addCoupon"; content: CouponContent };

/** A new draft at the end of the catalogue. The same content again is a retry and changes nothing. */
export const addCoupon: Rule<AddCoupon> = {
  needs: ({ content }) => [coupon(content), { need: "catalogueSize", appid: content.appid }],
  decide({ content }, records, now) {
    const existing = records.coupon(content.appid, content.outCouponId);
    if (existing)
      return sameContent(existing, content) ? unchanged : refuse("coupon_exists", { id: content.outCouponId });
    const position = records.catalogueSize(content.appid);
    const times = { createdAt: now, updatedAt: now, activatedAt: null };
    return write({ record: "coupon", value: { ...content, position, status: "draft", ...times } });
  },
};

export type ReplaceCoupon = { do: "replaceCoupon"; content: CouponContent };

/** Replaces a draft's content. */
export const replaceCoupon: Rule<ReplaceCoupon> = {
  needs: ({ content }) => [coupon(content)],
  decide({ content }, records, now) {
    const existing = records.coupon(content.appid, content.outCouponId);
    if (!existing) return refuse("unknown_coupon", { id: content.outCouponId });
    if (existing.status !== "draft") return refuse("not_editable", { status: existing.status });
    return write({ record: "coupon", value: { ...existing, ...content, updatedAt: now } });
  },
};

export type ChangeCouponStatus = { do: "changeCouponStatus"; appid: string; outCouponId: string; to: CouponStatus };

/** Which status leads to which (protocol.md section 4, update_status). */
export const couponTransitions: Record<CouponStatus, readonly CouponStatus[]> = {
  withdrawn: [],
  draft: ["active"],
  active: ["expired", "void"],
  expired: [],
  void: [],
};

/** Activation creates the stock; whether the coupon's times have passed makes no difference to it. */
export const changeCouponStatus: Rule<ChangeCouponStatus> = {
  needs: (command) => [coupon(command)],
  decide({ appid, outCouponId, to }, records, now) {
    const existing = records.coupon(appid, outCouponId);
    if (!existing) return refuse("unknown_coupon", { id: outCouponId });
    if (existing.status === to) return unchanged;
    if (!couponTransitions[existing.status].includes(to))
      return refuse("forbidden_coupon_transition", { status: existing.status, to });
    if (to !== "active") return write({ record: "coupon", value: { ...existing, status: to, updatedAt: now } });
    return write(
      { record: "coupon", value: { ...existing, status: to, updatedAt: now, activatedAt: now } },
      { record: "stock", value: freshStock(existing, now) },
    );
  },
};

const freshStock = ({ appid, outCouponId, position, terms }: Coupon, now: number): Stock => ({
  appid,
  outCouponId,
  position,
  remaining: terms.total,
  claimed: 0,
  promised: 0,
  createdAt: now,
  updatedAt: now,
});

export type Restock = { do: "restock"; appid: string; outCouponId: string; remaining: number; claimed: number };

/** Sets both numbers of the stock, whatever they were. What is promised to claims stays promised. */
export const restock: Rule<Restock> = {
  needs: (command) => [coupon(command)],
  decide({ appid, outCouponId, remaining, claimed }, records, now) {
    if (!records.coupon(appid, outCouponId)) return refuse("unknown_coupon", { id: outCouponId });
    const stock = records.stock(appid, outCouponId);
    if (!stock) return refuse("never_activated", { id: outCouponId });
    return write({ record: "stock", value: { ...stock, remaining, claimed, updatedAt: now } });
  },
};

/** Whether a merchant says the same of two coupons. */
export const sameContent = (a: CouponContent, b: CouponContent): boolean =>
  a.kind === b.kind && a.channel === b.channel && sameDocument(a.document, b.document);
