import { ASKED_AGAIN_AFTER, PROMISED_FOR } from "./claims.ts";
import { ACTIVE, type Coupon, EFFECTIVE, EXPIRED, type Held, OVER, type ShopModel } from "./model.ts";
import { isKept } from "./orders.ts";
import { validUntil } from "./terms.ts";

/** What comes to its end in an app, and when. Validity includes its end, and a lock its last second. */

export type Ended = { user_coupons: number; coupons: number };

/** The last second of a user coupon: of its validity, or of the lock that keeps it longer. */
const lastOf = ({ end, order }: Held): number => Math.max(end, order?.until ?? 0);

const effective = ({ held }: ShopModel) => held.filter(({ status, end }) => status === EFFECTIVE && end > 0);
const active = ({ coupons }: ShopModel) => coupons.filter(({ status }) => status === ACTIVE);

/**
 * Expires what is over, unless the app does not want it: the job first all user coupons, an advance all in the order of
 * their last seconds.
 */
export function expire(shop: ShopModel, now: number, how: "by the job" | "on the way"): Ended {
  if (!shop.settings.autoExpire) return { user_coupons: 0, coupons: 0 };
  const past = effective(shop).filter(({ end }) => end < now);
  const held = past.filter((one) => !isKept(one, now));
  if (held.length < past.length) shop.count("order: kept from the expiry job");
  const coupons = active(shop).filter(({ info }) => validUntil(info) < now);
  const all = [
    ...held.map((one) => ({ last: lastOf(one), record: "userCoupon", expire: () => turn(one, EXPIRED, now) })),
    ...coupons.map((one) => ({ last: validUntil(one.info), record: "coupon", expire: () => turn(one, OVER, now) })),
  ];
  if (how === "on the way") {
    if (held.some(({ end, order }) => order && end < order.until))
      shop.count("clock: expired after its lock on the way");
    all.sort((a, b) => a.last - b.last);
  }
  for (const { record, expire } of all) {
    expire();
    shop.note(now, record);
    shop.count(`clock: ${record} expired ${how}`);
  }
  return { user_coupons: held.length, coupons: coupons.length };
}

function turn(one: Held | Coupon, status: number, now: number): void {
  one.status = status;
  one.updated = now;
}

/** The next second after one at which something is due that an advance does on its way; none: Infinity. */
export function nextDue(shop: ShopModel, after: number): number {
  const { claims, settings } = shop;
  const over = settings.autoExpire
    ? [...effective(shop).map(lastOf), ...active(shop).map(({ info }) => validUntil(info))]
    : [];
  const asked = claims.promised.map(({ until }) => until - PROMISED_FOR + ASKED_AGAIN_AFTER);
  const last = [...over, ...asked, ...claims.promised.map(({ until }) => until)].filter((end) => end >= after);
  return Math.min(Number.POSITIVE_INFINITY, ...last) + 1;
}

/**
 * The seconds from now on at which something ends that the expiry job looks for; where a lock outlasts a coupon, right
 * after the end of that one.
 */
export function endsFrom(shop: ShopModel, now: number): number[] {
  const held = shop.held.filter(({ status }) => status === EFFECTIVE);
  const outlasted = held.filter(({ end, order }) => order && now <= end && end < order.until);
  if (outlasted.length > 0) return outlasted.map(({ end }) => end + 1);
  const all = [
    ...held.map(({ end }) => end),
    ...active(shop).map(({ info }) => validUntil(info)),
    ...shop.orders.lockEnds(),
  ];
  return all.filter((end) => end >= now && end < Number.POSITIVE_INFINITY);
}

/** The seconds from now on at which anything begins or ends, also what nobody does anything about. */
export function turnsFrom(shop: ShopModel, now: number): number[] {
  const windows = shop.coupons.flatMap(({ terms }) => {
    const { start_time: opens, end_time: closes } = terms.receive_info as { start_time?: number; end_time?: number };
    return [opens ?? 0, closes ?? 0];
  });
  const holds = shop.claims.promised.flatMap(({ until }) => [until, until - PROMISED_FOR + ASKED_AGAIN_AFTER]);
  const starts = shop.held.map(({ start }) => start);
  return [...endsFrom(shop, now), ...windows, ...holds, ...holds, ...starts].filter((turn) => turn >= now);
}
