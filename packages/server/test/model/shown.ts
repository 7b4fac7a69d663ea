import type { Held } from "./model.ts";

/** A page of a list. */
export function page<T>(all: T[], asked: { page_size: number; offset?: number }, show: (one: T) => object): object {
  const from = asked.offset ?? 0;
  return { total_num: all.length, result_list: all.slice(from, from + asked.page_size).map(show) };
}

/** A user coupon as the wire shows it. */
export function shownHeld(held: Held): object {
  return {
    out_user_coupon_id: held.id,
    openid: held.openid,
    out_coupon_id: held.couponId,
    status: held.status,
    create_time: held.created,
    update_time: held.updated,
    end_time: held.end,
    ext_info: held.used === undefined ? {} : { use_time: held.used },
    start_time: held.start,
  };
}
