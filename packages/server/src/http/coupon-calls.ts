import { type CallName, type CallRequest, readDocument, testClaim, type WireError } from "@quanku/protocol";
import type { Command } from "../domain/decide.ts";
import { isRefusal } from "../domain/outcome.ts";
import type { App } from "../domain/records.ts";
import type { Apps } from "../service/apps.ts";
import type { Callbacks } from "../service/callbacks.ts";
import type { Claims } from "../service/claims.ts";
import type { CouponPages, PageEncoding } from "../service/coupon-pages.ts";
import type { Ledger } from "../service/ledger.ts";
import type { Orders } from "../service/orders.ts";
import type { StoreReads } from "../store/store.ts";
import type { Metrics } from "./metrics.ts";
import { orderHandlers } from "./order-calls.ts";
import { tellRefusal } from "./refusals.ts";
import { success, successBytes } from "./reply.ts";
import { contentOf, couponStatusOf, encodeCoupon, encodeEntry } from "./wire/coupon.ts";
import { showClaim, showUserCoupon, userCouponStatusOf } from "./wire/user-coupon.ts";

/** What the calls are served from. */
export type CallServices = {
  ledger: Ledger;
  reads: StoreReads;
  pages: CouponPages;
  apps: Apps;
  claims: Claims;
  callbacks: Callbacks;
  orders: Orders;
  metrics: Metrics;
};

/**
 * Serves one call of an app whose token was good and whose body was read: a reply, or the failure to tell. `text` is
 * the body as it was sent.
 */
export type Handler<N extends CallName> = (
  services: CallServices,
  app: App,
  body: CallRequest<N>,
  text: string,
) => Promise<Response | WireError>;

async function change({ ledger }: CallServices, command: Command): Promise<Response | WireError> {
  const answer = await ledger.submit(command);
  return isRefusal(answer) ? tellRefusal(answer) : success();
}

/** Adds or replaces a coupon with the merchant's document as it stands in the body. */
const sendCoupon =
  (command: "addCoupon" | "replaceCoupon"): Handler<"add" | "update"> =>
  async (services, { appid }, { coupon }, text) => {
    const document = readDocument(text, coupon.coupon_info);
    if (!document.ok) return document.error;
    return change(services, { do: command, content: contentOf(appid, coupon, document.value) });
  };

/** A handler for every call of the table in `@quanku/protocol`. */
export const handlers: { [N in CallName]: Handler<N> } = {
  confirm,
  add: sendCoupon("addCoupon"),
  async get({ reads }, { appid }, { out_coupon_id }) {
    const coupon = await reads.coupon(appid, out_coupon_id);
    if (!coupon) return tellRefusal({ refused: "unknown_coupon", facts: { id: out_coupon_id } });
    return successBytes(Buffer.from(`{"errcode":0,"result":{"coupon":${encodeCoupon(coupon)}}}`));
  },
  get_list: async ({ pages }, { appid }, { page_size, offset }) =>
    successBytes(await pages.page(appid, offset, page_size)),
  update: sendCoupon("replaceCoupon"),
  update_status: (services, { appid }, { out_coupon_id, status }) =>
    change(services, {
      do: "changeCouponStatus",
      appid,
      outCouponId: out_coupon_id,
      to: couponStatusOf[status],
    }),
  update_coupon_stock: (services, { appid }, { coupon_stock: { out_coupon_id, stock_info } }) =>
    change(services, {
      do: "restock",
      appid,
      outCouponId: out_coupon_id,
      remaining: stock_info.issued_num,
      claimed: stock_info.receive_num,
    }),
  add_user_coupon: (services, { appid }, { openid, user_coupon, recv_time }) =>
    change(services, {
      do: "recordUserCoupon",
      appid,
      openid,
      outCouponId: user_coupon.out_coupon_id,
      outUserCouponId: user_coupon.out_user_coupon_id,
      status: userCouponStatusOf[user_coupon.status],
      receivedAt: recv_time,
    }),
  async get_usercoupon_list({ reads }, { appid }, { openid, page_size, offset }) {
    const { total, entries } = await reads.listUserCoupons(appid, openid, offset, page_size);
    return success({ total_num: total, result_list: entries.map(showUserCoupon) });
  },
  update_user_coupon: (services, { appid }, { openid, user_coupon, recv_time }) =>
    change(services, {
      do: "amendUserCoupon",
      appid,
      openid,
      outCouponId: user_coupon.out_coupon_id,
      outUserCouponId: user_coupon.out_user_coupon_id,
      receivedAt: recv_time,
      usedAt: user_coupon.ext_info.use_time,
    }),
  update_usercoupon_status: (services, { appid }, { openid, out_coupon_id, out_user_coupon_id, status }) =>
    change(services, {
      do: "changeUserCouponStatus",
      appid,
      openid,
      outCouponId: out_coupon_id,
      outUserCouponId: out_user_coupon_id,
      to: userCouponStatusOf[status],
    }),
  claim,
  ...orderHandlers,
};

async function claim(
  { claims, metrics }: CallServices,
  app: App,
  { openid, out_coupon_id, request_id }: CallRequest<"claim">,
): Promise<Response | WireError> {
  const request = { appid: app.appid, openid, outCouponId: out_coupon_id, requestId: request_id };
  const answer = await claims.claim(app, request);
  metrics.claimed(isRefusal(answer) ? answer.refused : "granted");
  return isRefusal(answer) ? tellRefusal(answer) : success({ user_coupon: showClaim(answer.claim) });
}

/** Who claims the test coupon; the platform says nothing of it (our decision). */
const TEST_OPENID = "test_openid";

/** Asks the callback that is set to prove itself; what answers as the test asks is the one in force from now on. */
async function confirm({ apps, callbacks }: CallServices, app: App): Promise<Response | WireError> {
  const test = { openid: TEST_OPENID, outCouponId: testClaim.out_coupon_id, requestId: testClaim.request_id };
  const proved = await callbacks.prove(app, test);
  if (isRefusal(proved)) return tellRefusal(proved);
  const confirmed = await apps.confirm(app.appid, proved.url);
  return isRefusal(confirmed) ? tellRefusal(confirmed) : success();
}

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
