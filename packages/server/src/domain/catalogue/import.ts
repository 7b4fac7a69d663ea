import { isRefusal, type Refusal, refuse } from "../outcome.ts";
import type { Coupon, CouponStatus, Stock, StoredRecord } from "../records.ts";
import type { Rule } from "../rule.ts";
import { couponTransitions, sameContent } from "./coupons.ts";

/** What an import made of a line. */
export type Imported = "new" | "changed" | "unchanged";

type ImportedCoupon = Omit<Coupon, "position">;
type ImportedStock = Omit<Stock, "position" | "promised">;

export type ImportCoupon = { do: "importCoupon"; coupon: ImportedCoupon; stock: ImportedStock | null };

/**
 * A coupon of a live shop with the status, times and stock it has there: at the end of the catalogue, or what has
 * changed there since it was imported. What is older than ours, or could not have become of it, is refused. Without
 * stock ours stays. Whether claims are paused here is ours to say, of all but a new one.
 */
export const importCoupon: Rule<ImportCoupon, Imported> = {
  needs: ({ coupon: { appid, outCouponId } }) => [
    { need: "coupon", appid, outCouponId },
    { need: "catalogueSize", appid },
  ],
  decide({ coupon, stock }, records) {
    const { appid, outCouponId } = coupon;
    const ours = records.coupon(appid, outCouponId);
    const position = ours?.position ?? records.catalogueSize(appid);
    const newCoupon = ours ? couponSince(ours, coupon) : { ...coupon, position };
    if (newCoupon && isRefusal(newCoupon)) return newCoupon;
    const ourStock = ours && records.stock(appid, outCouponId);
    const newStock = stock && (ourStock ? stockSince(ourStock, stock) : { ...stock, position, promised: 0 });
    if (newStock && isRefusal(newStock)) return newStock;
    const writes: StoredRecord[] = [];
    if (newCoupon) writes.push({ record: "coupon", value: newCoupon });
    if (newStock) writes.push({ record: "stock", value: newStock });
    return { writes, result: !ours ? "new" : writes.length > 0 ? "changed" : "unchanged" };
  },
};

/** Our coupon as the live shop has it now; undefined where nothing has changed. */
function couponSince(ours: Coupon, theirs: ImportedCoupon): Coupon | Refusal | undefined {
  const id = ours.outCouponId;
  if (ours.createdAt !== theirs.createdAt) return refuse("coupon_exists", { id });
  const isSameContent = sameContent(ours, theirs);
  const isSame = isSameContent && ours.status === theirs.status && ours.activatedAt === theirs.activatedAt;
  if (isSame && theirs.updatedAt <= ours.updatedAt) return undefined;
  if (theirs.updatedAt < ours.updatedAt) return olderThanOurs(id, ours, theirs);
  if (!isSameContent && (ours.status !== "draft" || theirs.updatedAt === ours.updatedAt))
    return refuse("coupon_exists", { id });
  if (!leadsTo(ours.status, theirs.status))
    return refuse("forbidden_coupon_transition", { status: ours.status, to: theirs.status });
  if (ours.activatedAt !== null && theirs.activatedAt !== ours.activatedAt) return refuse("coupon_exists", { id });
  return { ...theirs, position: ours.position, paused: ours.paused };
}

/** Our stock as the live shop has it now; undefined where nothing has changed. What is promised here stays promised. */
function stockSince(ours: Stock, theirs: ImportedStock): Stock | Refusal | undefined {
  const isSame = ours.remaining === theirs.remaining && ours.claimed === theirs.claimed;
  if (isSame && theirs.updatedAt <= ours.updatedAt) return undefined;
  const isOlder =
    theirs.updatedAt < ours.updatedAt || (theirs.updatedAt === ours.updatedAt && theirs.claimed <= ours.claimed);
  if (isOlder) return olderThanOurs(ours.outCouponId, ours, theirs);
  return { ...theirs, position: ours.position, promised: ours.promised };
}

/** A line that tells of a time before ours: what has happened here since would be undone. */
export const olderThanOurs = (id: string, ours: { updatedAt: number }, theirs: { updatedAt: number }): Refusal =>
  refuse("import_outdated", { id, ours: ours.updatedAt, theirs: theirs.updatedAt });

/** Whether a status can become another, by whichever steps. */
const leadsTo = (from: CouponStatus, to: CouponStatus): boolean =>
  from === to || couponTransitions[from].some((next) => leadsTo(next, to));
