import { type Refusal, refuse, unchanged, write } from "../outcome.ts";
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
    return write({ record: "coupon", value: { ...content, position, status: "draft", paused: false, ...times } });
  },
};

export type ReplaceCoupon = { do: "replaceCoupon"; content: CouponContent };

/** Replaces a draft's content. */
export const replaceCoupon: Rule<ReplaceCoupon> = {
  needs: ({ content }) => [coupon(content)],
  decide({ content }, records, now) {
    const existing = records.coupon(content.appid, content.outCouponId);
    if (!isReplaceable(existing)) return notReplaceable(existing, content.outCouponId);
    return write({ record: "coupon", value: { ...existing, ...content, updatedAt: now } });
  },
};

/** Whether there is a coupon and it can be replaced: while it is a draft. */
export const isReplaceable = (existing: Coupon | undefined): existing is Coupon => existing?.status === "draft";

/** Why one that is not replaceable is not. */
export const notReplaceable = (existing: Coupon | undefined, id: string): Refusal =>
  existing ? refuse("not_editable", { status: existing.status }) : refuse("unknown_coupon", { id });

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

export type PauseCoupon = { do: "pauseCoupon"; appid: string; outCouponId: string };
export type ResumeCoupon = { do: "resumeCoupon"; appid: string; outCouponId: string };

/**
 * Whether an active coupon can be claimed for now (our decision: no call of the platform's pauses one). `updatedAt` stays:
 * it is the wire's `update_time`, by which an import tells what is newer, and nothing that the wire shows of it has changed.
 */
const setPaused = <C extends PauseCoupon | ResumeCoupon>(paused: boolean): Rule<C> => ({
  needs: (command) => [coupon(command)],
  decide({ appid, outCouponId }, records) {
    const existing = records.coupon(appid, outCouponId);
    if (!existing) return refuse("unknown_coupon", { id: outCouponId });
    const { status } = existing;
    if (status !== "active") return refuse("not_active", { status, wanted: paused ? "paused" : "resumed" });
    if (existing.paused === paused) return unchanged;
    return write({ record: "coupon", value: { ...existing, paused } });
  },
});

/** Nobody can claim it until it is resumed; what was promised to claims is given, and those who have it may use it. */
export const pauseCoupon = setPaused<PauseCoupon>(true);
export const resumeCoupon = setPaused<ResumeCoupon>(false);

export type Restock = {
  do: "restock";
  appid: string;
  outCouponId: string;
  remaining: number;
  /** null: stays as it is. */
  claimed: number | null;
};

/** Sets the numbers of the stock, whatever they were. What is promised to claims stays promised. */
export const restock: Rule<Restock> = {
  needs: (command) => [coupon(command)],
  decide({ appid, outCouponId, remaining, claimed }, records, now) {
    if (!records.coupon(appid, outCouponId)) return refuse("unknown_coupon", { id: outCouponId });
    const stock = records.stock(appid, outCouponId);
    if (!stock) return refuse("never_activated", { id: outCouponId });
    return write({
      record: "stock",
      value: { ...stock, remaining, claimed: claimed ?? stock.claimed, updatedAt: now },
    });
  },
};

/** Whether a merchant says the same of two coupons. */
export const sameContent = (a: CouponContent, b: CouponContent): boolean =>
  a.kind === b.kind && a.channel === b.channel && sameDocument(a.document, b.document);
