import { z } from "zod";
import { couponToAdd, couponType } from "../calls/coupon.ts";
import { cart } from "../calls/order.ts";
import { text } from "../calls/scalars.ts";
import { couponPreview } from "./previews.ts";
import { route } from "./route.ts";
import { couponStatusNames, flag, page, paging, whole } from "./scalars.ts";
import { couponEntry, journalPage } from "./shapes.ts";

const coupon = z.object({ coupon: couponEntry.describe("The coupon as it is now.") });
const one = "/apps/{appid}/coupons/{out_coupon_id}";

const step = (verb: string, about: string) =>
  route({
    method: "POST",
    path: `${one}/${verb}`,
    role: "manager",
    about,
    body: z.strictObject({}),
    reply: coupon,
    command: `coupon ${verb}`,
  });

/** What operators see and do about coupons. */
export const couponRoutes = {
  listCoupons: route({
    method: "GET",
    path: "/apps/{appid}/coupons",
    role: "viewer",
    about:
      "Coupons, newest first; with `name` by their names. A page may be shorter than its limit, or empty: `next` alone tells whether there is more.",
    query: z.strictObject({
      status: z.enum(couponStatusNames).describe("Only those of this status.").optional(),
      type: couponType().optional().describe("Only those of this type."),
      name: text(120)
        .describe(
          "Only those whose name begins so, character by character: capital letters are others than small ones.",
        )
        .optional(),
      ...paging,
    }),
    reply: page(couponEntry, "coupons"),
    command: "coupon list",
  }),
  addCoupon: route({
    method: "POST",
    path: "/apps/{appid}/coupons",
    role: "manager",
    about: "Adds a coupon, by the same rules as the wire's `add`.",
    body: z.strictObject({ coupon: couponToAdd.describe("The coupon to add.") }),
    reply: coupon,
    command: "coupon add",
  }),
  previewCoupon: route({
    method: "POST",
    path: "/apps/{appid}/coupons-preview",
    role: "viewer",
    about:
      "What is wrong with a coupon that may be unfinished, what it gives in words, and what it takes off a cart; changes nothing.",
    body: z.strictObject({
      coupon: z.looseObject({}).describe("The coupon, as far as it is written: any JSON object."),
      lines: cart().describe("A cart to try it on, as the wire's `quote` takes one.").optional(),
      replaces: flag().describe("Whether it is to replace a draft of its id; else that id has to be free.").optional(),
    }),
    reply: z.object({ preview: couponPreview.describe("What it comes to.") }),
  }),
  showCoupon: route({
    method: "GET",
    path: one,
    role: "viewer",
    about: "One coupon and its stock.",
    reply: coupon,
    command: "coupon show",
  }),
  replaceCoupon: route({
    method: "PUT",
    path: one,
    role: "manager",
    about: "Replaces a coupon that is still being edited, by the same rules as the wire's `update`.",
    body: z.strictObject({ coupon: couponToAdd.describe("The coupon as it shall be, whole.") }),
    reply: coupon,
    command: "coupon replace",
  }),
  activateCoupon: step("activate", "Activates a draft: people can claim it, and it cannot be edited any more."),
  expireCoupon: step(
    "expire",
    "Sets an active coupon to expired: nobody can claim it any more; those who have it may use it.",
  ),
  voidCoupon: step("void", "Voids an active coupon: nobody can claim or use it any more."),
  pauseCoupon: step("pause", "Pauses claims of a coupon; those who have it may use it."),
  resumeCoupon: step("resume", "Lets a paused coupon be claimed again."),
  restockCoupon: route({
    method: "PUT",
    path: `${one}/stock`,
    role: "manager",
    about: "Sets how many are left of a coupon.",
    body: z.strictObject({ remaining: whole().describe("How many shall be left.") }),
    reply: coupon,
    command: "coupon restock",
  }),
  listCouponHistory: route({
    method: "GET",
    path: `${one}/history`,
    role: "viewer",
    about: "The journal entries that changed a coupon itself or set its stock, newest first; not each claim of it.",
    query: z.strictObject(paging),
    reply: journalPage,
    command: "coupon history",
  }),
} as const;
