import { type Refusal, refuse } from "../outcome.ts";
import type { Coupon, Hold, Stock, StoredRecord, UserCoupon, UserCouponStatus } from "../records.ts";
import { COUNT_MAX } from "../rule.ts";
import type { Records } from "../working-copy.ts";
import { validityFrom } from "./validity.ts";

type Gift = {
  coupon: Coupon;
  openid: string;
  outUserCouponId: string;
  status: UserCouponStatus;
  /** Unix seconds; what a validity counted from the claim is counted from. */
  receivedAt: number;
};

/** What a gift changes; `hold` is there if it was promised. */
type Given = { userCoupon: UserCoupon; stock: Stock; hold: Hold | undefined };

/**
 * Takes one from the stock into a person's wallet. `promised` is a hold of the person on which nothing was given yet:
 * then the coupon is theirs already, and neither what is left nor their limit is asked.
 */
export function give(gift: Gift, promised: Hold | undefined, records: Records, now: number): Refusal | Given {
  const { coupon, openid, outUserCouponId, status, receivedAt } = gift;
  const { appid, outCouponId, terms } = coupon;
  const stock = records.stock(appid, outCouponId);
  if (!stock) return refuse("sold_out", { id: outCouponId });
  const refused = promised ? undefined : whyNotGiven(coupon, stock, openid, records);
  if (refused) return refused;
  if (stock.claimed === COUNT_MAX) return refuse("counter_full", { limit: COUNT_MAX });
  const userCoupon: UserCoupon = {
    appid,
    outCouponId,
    outUserCouponId,
    openid,
    slot: records.walletSize(appid, openid),
    status,
    createdAt: now,
    updatedAt: now,
    receivedAt,
    validity: validityFrom(terms.validity, receivedAt),
    usedAt: null,
    order: null,
  };
  const taken: Stock = {
    ...stock,
    // A restock may have left fewer than were promised.
    remaining: Math.max(stock.remaining - 1, 0),
    claimed: stock.claimed + 1,
    promised: promised ? stock.promised - 1 : stock.promised,
    updatedAt: now,
  };
  return { userCoupon, stock: taken, hold: promised && { ...promised, takenBy: outUserCouponId } };
}

/** The records to write for a gift. */
export function recordsOf({ userCoupon, stock, hold }: Given): StoredRecord[] {
  const records: StoredRecord[] = [
    { record: "userCoupon", value: userCoupon },
    { record: "stock", value: stock },
  ];
  return hold ? [...records, { record: "hold", value: hold }] : records;
}

/** Why a person cannot be given or promised one of a stock, if so. What is promised is not there for others. */
export function whyNotGiven(coupon: Coupon, stock: Stock, openid: string, records: Records): Refusal | undefined {
  const { appid, outCouponId, terms } = coupon;
  if (stock.remaining <= stock.promised) return refuse("sold_out", { id: outCouponId });
  const limit = terms.limitPerPerson;
  if (limit === null) return;
  const promised = records.holdsOf(appid, outCouponId, openid).filter(isStanding).length;
  if (records.given(appid, outCouponId, openid) + promised < limit) return;
  return refuse("person_limit", promised > 0 ? { limit, promised } : { limit });
}

/** Whether a hold's coupon is still to be given. */
export const isStanding = ({ open, takenBy }: Hold): boolean => open && takenBy === null;

/** The person's oldest hold whose coupon is still to be given. */
export const promisedTo = (records: Records, appid: string, outCouponId: string, openid: string): Hold | undefined =>
  records.holdsOf(appid, outCouponId, openid).find(isStanding);
