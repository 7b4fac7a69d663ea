import { readDocument } from "@quanku/protocol/calls";
import type { PageEncoding } from "../../service/coupon-pages.ts";
import { contentOf, couponStatusOf, encodeCoupon, encodeEntry } from "../../wire/coupon.ts";
import { tellRefusal } from "../../wire/refusals.ts";
import { change, type Handler, type Handlers } from "./handler.ts";

type CatalogueCall = "add" | "get" | "get_list" | "update" | "update_status" | "update_coupon_stock";

/** Adds or replaces a coupon with the merchant's document as it stands in the body. */
const sendCoupon =
  (command: "addCoupon" | "replaceCoupon"): Handler<"add" | "update"> =>
  async (services, caller, { coupon }) => {
    const document = readDocument(caller.text, coupon.coupon_info);
    if (!document.ok) return document.error;
    return change(services, caller, { do: command, content: contentOf(caller.app.appid, coupon, document.value) });
  };

/** The calls about coupons and their stock. */
export const catalogueHandlers: Handlers<CatalogueCall> = {
  add: sendCoupon("addCoupon"),
  async get({ reads }, { app: { appid } }, { out_coupon_id }) {
    const coupon = await reads.coupon(appid, out_coupon_id);
    if (!coupon) return tellRefusal({ refused: "unknown_coupon", facts: { id: out_coupon_id } });
    return { ready: Buffer.from(`{"errcode":0,"result":{"coupon":${encodeCoupon(coupon)}}}`) };
  },
  get_list: async ({ pages }, { app: { appid } }, { page_size, offset }) => ({
    ready: await pages.page(appid, offset, page_size),
  }),
  update: sendCoupon("replaceCoupon"),
  update_status: (services, caller, { out_coupon_id, status }) =>
    change(services, caller, {
      do: "changeCouponStatus",
      appid: caller.app.appid,
      outCouponId: out_coupon_id,
      to: couponStatusOf[status],
    }),
  update_coupon_stock: (services, caller, { coupon_stock: { out_coupon_id, stock_info } }) =>
    change(services, caller, {
      do: "restock",
      appid: caller.app.appid,
      outCouponId: out_coupon_id,
      remaining: stock_info.issued_num,
      claimed: stock_info.receive_num,
    }),
};

/** How `get_list` writes down its reply. */
export const listEncoding: PageEncoding = {
  entry: (stocked) => Buffer.from(encodeEntry(stocked)),
  page(total, entries) {
    const parts: Buffer[] = [Buffer.from(`{"errcode":0,"total_num":${total},"result_list":[`)];
    for (const entry of entries) parts.push(parts.length > 1 ? Buffer.from(",") : empty, entry);
    parts.push(Buffer.from("]}"));
    return Buffer.concat(parts);
  },
};
const empty = Buffer.alloc(0);
