import { expect, it } from "vitest";
import type { RecordKey } from "../../src/domain/records.ts";
import type { Store } from "../../src/store/store.ts";
import { aCoupon, aHold, aStock, aUserCoupon, put } from "../../testing/records.ts";

/** What a transaction is told of which several commands ask: of the store that a test is given, which has an app `a`. */
export function repeats(store: () => Store): void {
  it("tells once what is named several times", async () => {
    const coupon = aCoupon("a", "c", 0);
    const held = aUserCoupon(coupon, "o", "u", 0);
    const [hold, other] = [aHold(coupon, "o", "r"), aHold(coupon, "o", "s")];
    await put(
      store(),
      { record: "coupon", value: coupon },
      { record: "stock", value: aStock(coupon) },
      { record: "userCoupon", value: held },
      { record: "hold", value: hold },
      { record: "hold", value: other },
    );
    const person = { appid: "a", outCouponId: "c", openid: "o" };
    const keys: RecordKey[] = [
      { need: "hold", appid: "a", requestId: "r" },
      { need: "coupon", appid: "a", outCouponId: "c" },
      { need: "userCoupon", appid: "a", outCouponId: "c", outUserCouponId: "u" },
      { need: "walletSize", appid: "a", openid: "o" },
      { need: "given", ...person },
      { need: "holdsOf", ...person },
    ];
    await store().transact([...keys, ...keys, ...keys.toReversed()], (records) => {
      expect(records.holdsOf("a", "c", "o")).toEqual([hold, other]);
      expect(records.hold("a", "r")).toEqual(hold);
      expect(records.stock("a", "c")).toEqual(aStock(coupon));
      expect(records.userCoupon("a", "c", "u")).toEqual(held);
      expect([records.walletSize("a", "o"), records.given("a", "c", "o")]).toEqual([1, 1]);
      return { changes: [], journal: [] };
    });
  });
}
