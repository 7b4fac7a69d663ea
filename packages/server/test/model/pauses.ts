import type { Coupon, ShopModel } from "./model.ts";
import { Refused } from "./reading.ts";

const ACTIVE = 2;

/** The body of a `pause`: an operator pauses or resumes claims of a coupon. */
export type Pause = { out_coupon_id: string; paused: boolean };

/** Lets the model see a pause; answers what comes of it. Nothing of it is shown on the wire but to who claims. */
export function pause(shop: ShopModel, { out_coupon_id: id, paused }: Pause, now: number): string {
  const coupon = shop.coupons.find((one) => one.id === id);
  if (!coupon) return "unknown_coupon";
  if (coupon.status !== ACTIVE) return "not_active";
  if ((coupon.paused ?? false) !== paused) shop.note(now, "coupon");
  coupon.paused = paused;
  return paused ? "paused" : "resumed";
}

export function refusePaused(shop: ShopModel, { paused }: Coupon): void {
  if (!paused) return;
  shop.count("pause: a claim is refused");
  throw new Refused(1090058, "paused");
}
