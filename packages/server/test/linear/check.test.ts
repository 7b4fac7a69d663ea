import { describe, expect, it } from "vitest";
import { userCoupon } from "../../testing/coupons.ts";
import { assertLinearizable } from "./check.ts";
import { type Event, named } from "./history.ts";
import { COUPON, ShopAt } from "./shop.ts";

const ID = "01890a5d-ac96-774b-bcce-b302099a8057";
const OTHER = "01890a5d-ac96-774b-bcce-b302099a8058";
const SOLD_OUT = '{"errcode":1090029,"errmsg":"sold out"}';

/** A call from one tick to another. */
const call = (began: number, ended: number, name: string, body: object, reply: string | undefined): Event => ({
  client: 0,
  process: 0,
  call: name,
  body: JSON.stringify(body),
  began,
  ended,
  reply,
});

const granted = (id: string) =>
  JSON.stringify({
    errcode: 0,
    user_coupon: {
      out_user_coupon_id: id,
      openid: "p",
      out_coupon_id: COUPON,
      status: 100,
      create_time: 1_700_000_000,
      update_time: 1_700_000_000,
      end_time: 1_702_592_000,
      ext_info: {},
      start_time: 1_700_000_000,
    },
  });
const claim = (began: number, ended: number, request: string, reply: string | undefined) =>
  call(began, ended, "claim", { openid: "p", out_coupon_id: COUPON, request_id: request }, reply);
const add = (began: number, ended: number, id: string) =>
  call(began, ended, "add_user_coupon", userCoupon("p", COUPON, id), '{"errcode":0}');
const held = (began: number, ended: number, id: string, told: string) =>
  call(began, ended, "held", { openid: "p", out_user_coupon_id: id }, JSON.stringify(told));
const killed = Number.POSITIVE_INFINITY;

const histories: [name: string, isRight: boolean, events: Event[]][] = [
  ["one claim gets the one there is", true, [claim(0, 1, "r1", granted(ID)), claim(2, 3, "r2", SOLD_OUT)]],
  ["two claims get the one there is", false, [claim(0, 2, "r1", granted(ID)), claim(1, 3, "r2", granted(OTHER))]],
  ["it is sold out before it is claimed", false, [claim(0, 1, "r2", SOLD_OUT), claim(2, 3, "r1", granted(ID))]],
  ["it is sold out while it is claimed", true, [claim(0, 2, "r2", SOLD_OUT), claim(1, 3, "r1", granted(ID))]],
  ["a read misses what was answered before", false, [add(0, 1, "u"), held(2, 3, "u", "none")]],
  ["a read misses what is under way", true, [add(0, 2, "u"), held(1, 3, "u", "none")]],
  [
    "a read misses what another read saw",
    false,
    [add(0, 5, "u"), held(1, 2, "u", "effective"), held(3, 4, "u", "none")],
  ],
  ["what is killed comes after all", true, [claim(0, killed, "r1", undefined), claim(1, 2, "r2", SOLD_OUT)]],
  ["what is killed never came", true, [claim(0, killed, "r1", undefined), claim(1, 2, "r2", granted(ID))]],
  ["what is killed comes before it begins", false, [claim(0, 1, "r2", SOLD_OUT), claim(2, killed, "r1", undefined)]],
  [
    "what is killed came and went",
    false,
    [claim(0, killed, "r1", undefined), claim(1, 2, "r2", SOLD_OUT), claim(3, 4, "r2", granted(ID))],
  ],
  ["the journal tells one entry of two", false, [add(0, 1, "u"), call(2, 3, "journal", {}, "[]")]],
];

describe("a history in which", () => {
  it.each(histories)("%s: %s", (_, isRight, events) => {
    const check = () => assertLinearizable(named(events), ShopAt.open("wx", 1, 5));
    if (isRight) expect(check).not.toThrow();
    else expect(check).toThrow("no order explains");
  });

  it("one request is granted two is refused at once", () => {
    expect(() => named([claim(0, 1, "r1", granted(ID)), claim(2, 3, "r1", granted(OTHER))])).toThrow("r1 was granted");
  });
});
