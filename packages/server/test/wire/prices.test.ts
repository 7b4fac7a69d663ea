import { describe, expect, it } from "vitest";
import { addActive, coupon, give as giveTo } from "../../testing/coupons.ts";
import { startTestServer } from "../../testing/server.ts";
import { type AdapterName, adapters } from "../../testing/stores.ts";
import { OPENED_AT } from "./support/shop.ts";

type Line = [product: string, price: number, quantity?: number];

/** A shop and one person in it, `o`. */
async function open(adapter: AdapterName) {
  const server = await startTestServer({ adapter, now: OPENED_AT });
  const app = await server.createApp("wx_prices");
  const add = (id: string, type: number, discount_info: object) =>
    addActive(app, coupon(id, { total_num: 100_000 }, { type, discount_info }));
  const give = (id: string, uc: string, status?: number) => giveTo(app, "o", id, uc, status);
  const lines = (cart: Line[]) =>
    cart.map(([out_product_id, price, quantity = 1]) => ({ out_product_id, price, quantity }));
  const quote = (...cart: Line[]) => app.call("quote", { openid: "o", lines: lines(cart) });
  const redeem = (id: string, user_coupons: unknown, ...cart: Line[]) =>
    app.call("redeem", { openid: "o", out_order_id: id, lines: lines(cart), user_coupons });
  const lock = (id: string, user_coupons: unknown, ...cart: Line[]) =>
    app.call("lock", { openid: "o", out_order_id: id, lines: lines(cart), user_coupons, ttl_seconds: 60 });
  return { server, app, add, give, quote, redeem, lock };
}

const buyget = (buy: string, count: number, get: string, free: number) => ({
  discount_condition: {
    buyget_info: {
      buy_out_product_id: buy,
      buy_product_cnt: count,
      get_out_product_id: get,
      get_product_cnt: free,
    },
  },
});
const off = (product_price: number, discount_fee: number) => ({
  discount_condition: { product_price },
  discount_fee,
});
const ids = (...those: [string, string][]) =>
  those.map(([out_coupon_id, out_user_coupon_id]) => ({ out_coupon_id, out_user_coupon_id }));

describe.each(adapters)("prices, on %s", (adapter) => {
  it("are reckoned with what a person can use, however much was used before or cannot be used", async () => {
    const { server, add, give, quote, redeem, lock } = await open(adapter);
    await add("good", 104, { discount_fee: 500 });
    await add("junk", 104, { discount_fee: 100 });
    await give("good", "GOOD");
    for (let at = 0; at < 1000; at += 100)
      await Promise.all(Array.from({ length: 100 }, (_, more) => give("junk", `J${at + more}`, 102)));
    const quoted = await quote(["x", 1000]);
    expect(quoted).toMatchObject({ payable: 500, proven: true, not_looked_at: 0 });
    expect(quoted.user_coupons).toHaveLength(1000);
    expect(await lock("locked", "best", ["x", 1000])).toMatchObject({ errcode: 0, order: { discount: 500 } });
    expect(await quote(["x", 1000])).toMatchObject({ payable: 1000, proven: true, not_looked_at: 0 });
    expect(await redeem("locked", "best", ["x", 1000])).toMatchObject({ errcode: 0, order: { payable: 500 } });
    await server.close();
  });

  it("say how many coupons were not looked at, and are then not proven", async () => {
    const { server, add, give, quote } = await open(adapter);
    await add("c", 104, { discount_fee: 100 });
    for (let at = 0; at < 1002; at += 167)
      await Promise.all(Array.from({ length: 167 }, (_, more) => give("c", `C${at + more}`)));
    const quoted = await quote(["x", 1000]);
    expect(quoted).toMatchObject({ payable: 900, proven: false, not_looked_at: 2 });
    expect(quoted.user_coupons).toHaveLength(1000);
    await server.close();
  });

  it("never rise by more than what is added costs", async () => {
    const { server, add, give, quote } = await open(adapter);
    await add("group", 6, buyget("x", 2, "x", 1));
    await add("cup", 5, { discount_condition: { tradein_info: { out_product_id: "cup", price: 100 } } });
    await give("group", "G");
    await give("cup", "C");
    expect((await quote(["x", 1000, 3])).payable).toBe(2000);
    expect((await quote(["x", 1000, 3], ["x", 0])).payable).toBe(2000);
    expect((await quote(["x", 1000, 3], ["x", 100])).payable).toBe(2100);
    expect((await quote(["cup", 900])).payable).toBe(100);
    expect((await quote(["cup", 900], ["cup", 120])).payable).toBe(220);
    await server.close();
  });

  it("count what one coupon gives away for no other", async () => {
    const { server, add, give, quote, redeem } = await open(adapter);
    await add("xy", 6, buyget("x", 1, "y", 1));
    await add("yx", 6, buyget("y", 1, "x", 1));
    await give("xy", "XY");
    await give("yx", "YX");
    expect((await quote(["x", 1000], ["y", 1000])).payable).toBe(1000);
    const both = ids(["xy", "XY"], ["yx", "YX"]);
    const refused = await redeem("both", both, ["x", 1000], ["y", 1000]);
    expect(refused.errcode).toBe(1090058);
    expect(refused.errmsg).toMatch(/YX|XY/);
    expect(refused.errmsg).toContain("condition_undone");
    await add("off", 102, off(10_000, 3000));
    await give("off", "OFF");
    const quoted = await quote(["x", 3000], ["y", 7000]);
    expect(quoted).toMatchObject({ payable: 3000, proven: true });
    const reasons = (quoted.user_coupons as { out_coupon_id: string; reason?: object }[]).map((one) => one.reason);
    expect(reasons).toContainEqual(
      expect.objectContaining({ code: "condition_undone", with: ids(["xy", "XY"]), spend_more: 7000 }),
    );
    await server.close();
  });

  it("judge a shop coupon's threshold by what the app is set to, and an order by what held for it", async () => {
    const { server, app, add, give, quote, redeem, lock } = await open(adapter);
    await add("tea", 4, { discount_condition: { out_product_ids: ["tea"] }, discount_fee: 500 });
    await add("off", 102, off(2000, 400));
    await give("tea", "T");
    await give("off", "O");
    const cart: Line[] = [["tea", 1000, 2]];
    const both = ids(["tea", "T"], ["off", "O"]);
    expect((await quote(...cart)).payable).toBe(1100);
    expect(await lock("by list", both, ...cart)).toMatchObject({ errcode: 0, order: { payable: 1100 } });
    await server.apps.configure(app.appid, { thresholdBasis: "after_product_coupons" }, "command_line");
    server.clock.now += 61;
    const quoted = await quote(...cart);
    expect(quoted).toMatchObject({ payable: 1500, proven: true });
    const reasons = (quoted.user_coupons as { out_coupon_id: string; reason?: object }[]).map((one) => one.reason);
    expect(reasons).toContainEqual(
      expect.objectContaining({
        code: "condition_undone",
        with: ids(["tea", "T"]),
        spend_more: 500,
        explained: expect.stringContaining("spend 500 fen more"),
      }),
    );
    expect((await redeem("refused", both, ...cart)).errcode).toBe(1090058);
    // Late, after its lock, the order is decided anew, as it was locked.
    expect(await app.call("redeem", { out_order_id: "by list" })).toMatchObject({
      errcode: 0,
      order: { payable: 1100 },
    });
    await server.close();
  });
});
