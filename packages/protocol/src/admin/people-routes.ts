import { z } from "zod";
import { personId } from "../calls/ids.ts";
import { merchantId } from "../calls/scalars.ts";
import { route } from "./route.ts";
import { flag, orderStatusNames, PAGE, page, paging, userCouponStatusNames } from "./scalars.ts";
import { handOutShown, journalPage, orderEntry, userCouponEntry } from "./shapes.ts";

const userCoupon = z.object({ user_coupon: userCouponEntry.describe("The user coupon as it is now.") });
const ofPath = "/apps/{appid}/coupons/{out_coupon_id}/user-coupons/{out_user_coupon_id}";
const handOut = z.object({ hand_out: handOutShown.describe("The hand-out as it is now.") });

/** What operators see and do about people, their coupons and their orders. */
export const peopleRoutes = {
  listWallet: route({
    method: "GET",
    path: "/apps/{appid}/people/{openid}/user-coupons",
    role: "viewer",
    about: "A person's coupons, newest first. A page may come short, or empty, and still have a next.",
    query: z.strictObject({
      status: z.enum(userCouponStatusNames).describe("Only those of this status.").optional(),
      out_coupon_id: merchantId().describe("Only those of this coupon.").optional(),
      ...paging,
    }),
    reply: page(userCouponEntry, "user coupons"),
    command: "person wallet",
  }),
  give: route({
    method: "POST",
    path: "/apps/{appid}/people/{openid}/user-coupons",
    role: "manager",
    about:
      "Gives a person one of a coupon, by the rules of a claim; a merchant who decides claims is not asked. The same request_id again gives no second one.",
    body: z.strictObject({
      out_coupon_id: merchantId().describe("The coupon."),
      request_id: merchantId().describe(
        "Your id of this gift: repeated, it answers the same user coupon, as it is by then.",
      ),
    }),
    reply: userCoupon,
    command: "person give",
  }),
  findUserCoupons: route({
    method: "GET",
    path: "/apps/{appid}/user-coupons",
    role: "viewer",
    about: `The user coupons that have an id, of whatever coupons, at most ${PAGE.most}.`,
    query: z.strictObject({ out_user_coupon_id: merchantId().describe("The id.") }),
    reply: z.object({ entries: z.array(userCouponEntry).describe("The user coupons.") }),
    command: "user-coupon find",
  }),
  listHolders: route({
    method: "GET",
    path: "/apps/{appid}/coupons/{out_coupon_id}/user-coupons",
    role: "viewer",
    about:
      "The user coupons of a coupon by their ids, the last first: ids that the server made grow with time, so that of those the newest comes first. A page may come short, or empty, and still have a next.",
    query: z.strictObject({
      status: z.enum(userCouponStatusNames).describe("Only those of this status.").optional(),
      ...paging,
    }),
    reply: page(userCouponEntry, "user coupons"),
    command: "coupon holders",
  }),
  showUserCoupon: route({
    method: "GET",
    path: ofPath,
    role: "viewer",
    about: "One user coupon.",
    reply: userCoupon,
    command: "user-coupon show",
  }),
  listUserCouponHistory: route({
    method: "GET",
    path: `${ofPath}/history`,
    role: "viewer",
    about: "The journal entries that changed a user coupon, newest first.",
    query: z.strictObject(paging),
    reply: journalPage,
    command: "user-coupon history",
  }),
  takeBack: route({
    method: "POST",
    path: `${ofPath}/take-back`,
    role: "manager",
    about: "Takes a user coupon back: it is given up (103) and cannot be used any more. The stock stays as it is.",
    body: z.strictObject({}),
    reply: userCoupon,
    command: "user-coupon take-back",
  }),
  listOrders: route({
    method: "GET",
    path: "/apps/{appid}/orders",
    role: "viewer",
    about: "The app's orders, those recorded last first. A page may come short, or empty, and still have a next.",
    query: z.strictObject({
      openid: personId().describe("Only those of this person.").optional(),
      status: z.enum(orderStatusNames).describe("Only those of this status.").optional(),
      ...paging,
    }),
    reply: page(orderEntry, "orders"),
    command: "order list",
  }),
  showOrder: route({
    method: "GET",
    path: "/apps/{appid}/orders/{out_order_id}",
    role: "viewer",
    about: "One order: its lines, amounts and coupons, and what came back.",
    reply: z.object({ order: orderEntry }),
    command: "order show",
  }),
  listOrderHistory: route({
    method: "GET",
    path: "/apps/{appid}/orders/{out_order_id}/history",
    role: "viewer",
    about: "The journal entries that changed an order, newest first.",
    query: z.strictObject(paging),
    reply: journalPage,
    command: "order history",
  }),
  listCouponOrders: route({
    method: "GET",
    path: "/apps/{appid}/coupons/{out_coupon_id}/orders",
    role: "viewer",
    about: "The orders that a coupon was used on, those redeemed last first.",
    query: z.strictObject(paging),
    reply: page(orderEntry, "orders"),
    command: "coupon orders",
  }),
  createHandOut: route({
    method: "POST",
    path: "/apps/{appid}/hand-outs",
    role: "manager",
    about:
      "Gives one coupon to every person of a list: a line for each openid, or a CSV whose first column they are, with at most 1 000 000 lines. Answers at once; the work goes on by itself, also after a crash.",
    query: z.strictObject({
      out_coupon_id: merchantId().describe("The coupon."),
      request_id: merchantId().describe("Your id of this hand-out: sent again, it makes no second one."),
      dry_run: flag().describe("Whether only to tell what would be given; start it afterwards.").optional(),
    }),
    upload: "text/csv",
    reply: handOut,
    command: "hand-out create",
  }),
  listHandOuts: route({
    method: "GET",
    path: "/apps/{appid}/hand-outs",
    role: "viewer",
    about: "The app's hand-outs, newest first.",
    query: z.strictObject(paging),
    reply: page(handOutShown, "hand-outs"),
    command: "hand-out list",
  }),
  showHandOut: route({
    method: "GET",
    path: "/apps/{appid}/hand-outs/{hand_out}",
    role: "viewer",
    about: "One hand-out, and how far it is.",
    reply: handOut,
    command: "hand-out show",
  }),
  startHandOut: route({
    method: "POST",
    path: "/apps/{appid}/hand-outs/{hand_out}/start",
    role: "manager",
    about: "Starts a hand-out after its dry run.",
    body: z.strictObject({}),
    reply: handOut,
    command: "hand-out start",
  }),
  cancelHandOut: route({
    method: "POST",
    path: "/apps/{appid}/hand-outs/{hand_out}/cancel",
    role: "manager",
    about: "Ends a hand-out where it is; what was given stays given.",
    body: z.strictObject({}),
    reply: handOut,
    command: "hand-out cancel",
  }),
  listHandOutResults: route({
    method: "GET",
    path: "/apps/{appid}/hand-outs/{hand_out}/results",
    role: "viewer",
    about: "A line for each line of the list that is decided: line, openid, result, out_user_coupon_id, reason.",
    download: "text/csv",
    command: "hand-out results",
  }),
} as const;
