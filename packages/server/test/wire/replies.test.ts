import type { CallName } from "@quanku/protocol/calls";
import { describe, expect, it } from "vitest";
import { type Reply, readReply } from "../../testing/replies.ts";
import { fixture } from "./support/fixtures.ts";

const RID = "6b081a02-4b3d7d5e-4df0ed00";
const success = (payload: object = {}): Reply => ({ errcode: 0, ...payload });
const failure = (errcode: number, errmsg: string, more: object = {}): Reply => ({ errcode, errmsg, ...more });

/** A documented reply with something done to it. */
function altered(call: CallName, alter: (reply: ReturnType<typeof fixture>) => void): Reply {
  const reply = fixture(`${call}.response`);
  alter(reply);
  return reply;
}

/** `call` of createApp reads each reply of every test; here it is told apart what it takes and what it does not. */
describe("a reply", () => {
  it.each<[string, CallName, Reply]>([
    ["the documented page", "get_list", altered("get_list", () => {})],
    ["the documented coupon", "get", altered("get", () => {})],
    ["the documented wallet", "get_usercoupon_list", altered("get_usercoupon_list", () => {})],
    ["nothing beside errcode", "add", success()],
    [
      "the merchant's own members of the document",
      "get",
      altered("get", ({ result }) => {
        result.coupon.coupon_info.theirs = { deep: [null] };
        result.coupon.coupon_info.receive_info.theirs = 0;
      }),
    ],
    ["a failure with a detail", "get", failure(1090057, `优惠券不存在: a\nb is not in this app rid: ${RID}`)],
    ["a failure without one", "confirm", failure(48001, `api unauthorized rid: ${RID}`)],
  ])("is read: %s", (_, call, reply) => {
    expect(() => readReply(call, reply)).not.toThrow();
  });

  it.each<[string, CallName, Reply, RegExp]>([
    ["a member that nothing declares", "add", success({ coupon: {} }), /reads another/],
    ["one deep inside", "get", altered("get", ({ result }) => (result.coupon.seen = 1)), /reads another/],
    [
      "one in what is ours of the document",
      "get",
      altered("get", ({ result }) => (result.coupon.coupon_info.ext_info = { valid_time: 1, by: "a" })),
      /reads another/,
    ],
    [
      "one in an entry of a list",
      "get_list",
      altered("get_list", ({ result_list }) => (result_list[0].coupon_stock.stock_info.held = 0)),
      /reads another/,
    ],
    ["digits for a number", "get_list", success({ total_num: "0", result_list: [] }), /reads another/],
    ["a member that lacks", "get_list", success({ result_list: [] }), /total_num/],
    ["a number that is none of a list", "get", altered("get", ({ result }) => (result.coupon.status = 9)), /status/],
    ["a number that 32 bits do not hold", "get_list", success({ total_num: 2 ** 31, result_list: [] }), /total_num/],
    ["no errcode", "add", {}, /errcode/],
    ["a code that nobody knows", "add", failure(12345, `odd rid: ${RID}`), /errcode/],
    ["another code's text", "add", failure(47001, `busy, retry rid: ${RID}`), /errmsg/],
    ["no rid", "add", failure(990010, "busy, retry"), /errmsg/],
    ["a failure with a payload", "add", failure(990010, `busy, retry rid: ${RID}`, { total_num: 0 }), /alone/],
  ])("is not read: %s", (_, call, reply, fault) => {
    expect(() => readReply(call, reply)).toThrow(fault);
  });
});
