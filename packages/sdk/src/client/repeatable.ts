import type { CallName } from "../wire/calls.ts";

/**
 * Whether a call does no harm where it is made twice because the answer to the first was lost (docs/protocol.md sections 4
 * and 7). Only such a call is repeated after a lost answer; after a refusal that changed nothing, any is.
 */
export const repeatable: Readonly<Record<CallName, boolean>> = {
  confirm: true,
  /** The same document again answers 0. */
  add: true,
  get: true,
  get_list: true,
  update: true,
  /** The status that a coupon has answers 0. */
  update_status: true,
  /** Sets absolute numbers: made again after somebody claimed, it would bring back what was handed out meanwhile. */
  update_coupon_stock: false,
  /** One that is recorded for this person answers 0 and takes no stock. */
  add_user_coupon: true,
  get_usercoupon_list: true,
  update_user_coupon: true,
  /** The status that a user coupon has answers 0 and moves no time. */
  update_usercoupon_status: true,
  /** Known by its request_id. */
  claim: true,
  quote: true,
  /** Known by its out_order_id. */
  lock: true,
  redeem: true,
  /** Known by its out_return_id, without which all comes back. */
  return: true,
};
