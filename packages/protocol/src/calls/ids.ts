import { integer, merchantId, openid, seconds } from "./scalars.ts";

/** The ids and times that several calls have, each described once. */

export const couponId = () => merchantId().describe("The merchant's own id of the coupon, unique in the app.");

export const userCouponId = () =>
  merchantId().describe("The id of the user coupon: with `out_coupon_id` it is unique in the app.");

export const personId = () =>
  openid().describe("The person, by the openid that the shop knows: 1-64 of `A-Z a-z 0-9 _ -`.");

export const productId = () => merchantId().describe("The merchant's own id of the product.");

export const orderId = () => merchantId().describe("The merchant's own id of the order, unique in the app.");

export const appId = () => merchantId().describe("The app that it belongs to.");

/** When the server made a record. */
export const createTime = () => seconds().describe("When it was made, Unix seconds.");

/** When the server last changed a record. */
export const updateTime = () => seconds().describe("When it was last changed, Unix seconds.");

export const channel = () =>
  integer(1).describe(
    "The channel that it is promoted in: `4` is a Channels live room; other positive numbers are kept too.",
  );
