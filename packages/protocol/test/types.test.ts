import { type CallBody, type CallReply, parseBody, requestSchema } from "@quanku/protocol/calls";
import { describe, expect, expectTypeOf, it } from "vitest";

/**
 * What a caller may send, held by the compiler: `npm run check` compiles this file, and a `@ts-expect-error` above what
 * compiles is an error. The bodies themselves are read too, so that a type is no promise that the server breaks.
 */
const takes = <N extends Parameters<typeof requestSchema>[0]>(call: N, body: CallBody<N>) =>
  expect(parseBody(requestSchema(call), structuredClone(body)), JSON.stringify(body)).toMatchObject({ ok: true });

const refuses = (call: Parameters<typeof requestSchema>[0], body: object) =>
  expect(parseBody(requestSchema(call), structuredClone(body)), JSON.stringify(body)).toMatchObject({ ok: false });

const coupon = {
  out_coupon_id: "a",
  type: 104,
  promote_type: 4,
  coupon_info: {
    name: "5 off",
    promote_info: { promote_type: 4 },
    discount_info: { discount_fee: 500 },
    receive_info: { total_num: 10 },
  },
} as const satisfies CallBody<"add">["coupon"];

describe("what a caller may send", () => {
  it("is a number, or its digits, where a number is read", () => {
    takes("get_list", { page_size: 10 });
    takes("get_list", { page_size: "10", offset: "0" });
    takes("get_list", { page_size: 10, offset: undefined });
    // @ts-expect-error A date is no number of coupons.
    refuses("get_list", { page_size: new Date() } satisfies CallBody<"get_list">);
    // @ts-expect-error Nor is a word.
    refuses("get_list", { page_size: "ten" } satisfies CallBody<"get_list">);
    // @ts-expect-error Nor is half a coupon in digits.
    refuses("get_list", { page_size: "0.5" } satisfies CallBody<"get_list">);
    // @ts-expect-error It has to be there.
    refuses("get_list", {} satisfies CallBody<"get_list">);
  });

  it("is one of the numbers of a list, or its digits", () => {
    takes("update_status", { out_coupon_id: "a", status: 2 });
    takes("update_status", { out_coupon_id: "a", status: "2" });
    // @ts-expect-error No coupon has this status.
    refuses("update_status", { out_coupon_id: "a", status: 9 } satisfies CallBody<"update_status">);
    // @ts-expect-error Nor in digits.
    refuses("update_status", { out_coupon_id: "a", status: "9" } satisfies CallBody<"update_status">);
  });

  it("is an object with its fields where one is read, and further members in the merchant's document alone", () => {
    takes("add", { coupon });
    takes("add", { coupon: { ...coupon, coupon_info: { ...coupon.coupon_info, of_the_merchant: ["kept"] } } });
    // @ts-expect-error A date is no coupon.
    refuses("add", { coupon: new Date() } satisfies CallBody<"add">);
    // @ts-expect-error Nor is it a document.
    refuses("add", { coupon: { ...coupon, coupon_info: new Date() } } satisfies CallBody<"add">);
    const { total_num: _, ...claimable } = { ...coupon.coupon_info.receive_info, start_time: 1, end_time: 2 };
    // @ts-expect-error How many there are has to be said.
    const lacking: CallBody<"add">["coupon"]["coupon_info"] = { ...coupon.coupon_info, receive_info: claimable };
    refuses("add", { coupon: { ...coupon, coupon_info: lacking } });
    // @ts-expect-error This call's fields are all known.
    expectTypeOf({ page_size: 1, of_the_merchant: 1 } satisfies CallBody<"get_list">);
  });

  it("may lack what the call can do without", () => {
    const order = { out_order_id: "o" };
    takes("redeem", order);
    takes("redeem", { ...order, openid: "p", lines: [], user_coupons: "best", policy: undefined });
    const ids = { out_coupon_id: "a", out_user_coupon_id: "u" };
    takes("update_user_coupon", { openid: "p", user_coupon: { ...ids, ext_info: {} }, recv_time: "1628139497" });
    const unheard = { openid: "p", user_coupon: { ...ids, ext_info: {} } };
    // @ts-expect-error When it was received cannot be left out here.
    refuses("update_user_coupon", unheard satisfies CallBody<"update_user_coupon">);
    expectTypeOf<CallBody<"confirm">>().toEqualTypeOf<Record<string, never> | undefined>();
  });
});

describe("what a reply holds beside errcode 0", () => {
  it("has no type but that of its schema", () => {
    type Page = CallReply<"get_list">;
    expectTypeOf<Page["total_num"]>().toEqualTypeOf<number>();
    type Entry = Page["result_list"][number];
    expectTypeOf<Entry["coupon"]["status"]>().toEqualTypeOf<0 | 1 | 2 | 3 | 4>();
    expectTypeOf<NonNullable<Entry["coupon_stock"]>["stock_info"]>().toEqualTypeOf<{
      issued_num: number;
      receive_num: number;
    }>();
    expectTypeOf<CallReply<"claim">["user_coupon"]["status"]>().toEqualTypeOf<100 | 101 | 102 | 103>();
    expectTypeOf<CallReply<"lock">["order"]["status"]>().toEqualTypeOf<"locked" | "redeemed" | "returned">();
    expectTypeOf<CallReply<"add">>().toEqualTypeOf<Record<string, never>>();
  });
});
