import type { CallBody, CallName } from "@quanku/protocol/calls";
import { expect, it } from "vitest";
import { bodyText } from "../../../protocol/reference/bodies/bodies.ts";
import { startTestServer } from "../../testing/server.ts";

/** The id that the server gives a claimed coupon is new each time. */
const withoutMadeIds = (text: string) =>
  text.replace(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, "made");

const draft = (id: string, name: string, coupon: Pick<CallBody<"add">["coupon"], "type"> & { off: object }) => ({
  coupon: {
    out_coupon_id: id,
    type: coupon.type,
    promote_type: 4,
    coupon_info: {
      name,
      promote_info: { promote_type: 4 },
      discount_info: coupon.off,
      receive_info: { total_num: 100 },
      valid_info: { valid_type: 2, valid_day_num: 30 },
    },
  },
});

/** The bodies of the reference: one person's claim, cart, order and return. */
it("our calls answer what the reference shows", async () => {
  const server = await startTestServer();
  const shop = await server.createApp("wx_tea_shop");
  const ask = async (call: CallName, body: object) => expect(await shop.call(call, body)).toEqual({ errcode: 0 });
  for (const [id, coupon] of Object.entries({
    tea_half: draft("tea_half", "Tea at half price", {
      type: 3,
      off: { discount_condition: { out_product_ids: ["tea"] }, discount_num: 5000 },
    }),
    ten_off: draft("ten_off", "10 yuan off from 100", {
      type: 102,
      off: { discount_condition: { product_price: 10_000 }, discount_fee: 1000 },
    }),
  })) {
    await ask("add", coupon);
    await ask("update_status", { out_coupon_id: id, status: 2 });
    const user_coupon = { out_user_coupon_id: `${id}_1`, out_coupon_id: id, status: 100 };
    await ask("add_user_coupon", { openid: "person_1", user_coupon });
  }
  for (const call of ["quote", "lock", "redeem", "return", "claim"] as const) {
    const reply = await shop.call(call, bodyText("ours", `${call}.request`));
    expect(reply.errcode, JSON.stringify(reply)).toBe(0);
    const shown = JSON.stringify(JSON.parse(bodyText("ours", `${call}.response`)));
    expect(withoutMadeIds(JSON.stringify(reply))).toBe(withoutMadeIds(shown));
    server.clock.now += 60;
  }
  await server.close();
});
