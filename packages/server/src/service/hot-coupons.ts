import type { Change } from "../domain/working-copy.ts";
import type { Clock } from "./clock.ts";

/** A coupon that is claimed now: what is left of it, as of the last commit of this process that changed its stock. */
export type HotCoupon = { appid: string; outCouponId: string; remaining: number };

/** How many coupons are followed at once; beyond twice as many, those claimed least are forgotten. */
const FOLLOWED = 500;
/** After how many seconds a claim counts half as much. */
const HALF_LIFE = 60;

/** Which coupons are claimed most in the last minutes. Costs one step for each changed stock of a commit. */
export class HotCoupons {
  readonly #clock: Clock;
  #heat = new Map<string, HotCoupon & { claims: number }>();
  #cooledAt: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#cooledAt = clock();
  }

  /** Notes what a commit changed. */
  note(changes: readonly Change[]): void {
    this.#cool();
    for (const change of changes) {
      if (change.record !== "stock") continue;
      const { appid, outCouponId, remaining, claimed } = change.value;
      const key = `${appid}\0${outCouponId}`;
      const known = this.#heat.get(key);
      const claims = known ? Math.max(0, known.remaining - remaining) : Math.min(claimed, 1);
      if (known) Object.assign(known, { remaining, claims: known.claims + claims });
      else if (claims > 0) this.#heat.set(key, { appid, outCouponId, remaining, claims });
    }
    if (this.#heat.size > 2 * FOLLOWED) this.#heat = new Map(this.#hottest().slice(0, FOLLOWED));
  }

  /** Forgets the coupons of an app that was emptied. */
  forget(appid: string): void {
    for (const [key, coupon] of this.#heat) if (coupon.appid === appid) this.#heat.delete(key);
  }

  /** The coupons that are claimed most, at most `limit`, hottest first. */
  top(limit: number): HotCoupon[] {
    this.#cool();
    return this.#hottest()
      .slice(0, limit)
      .map(([, { appid, outCouponId, remaining }]) => ({ appid, outCouponId, remaining }));
  }

  #hottest() {
    return [...this.#heat].sort(([, a], [, b]) => b.claims - a.claims);
  }

  #cool(): void {
    const halvings = Math.floor((this.#clock() - this.#cooledAt) / HALF_LIFE);
    if (halvings < 1) return;
    this.#cooledAt += halvings * HALF_LIFE;
    for (const [key, coupon] of this.#heat) {
      coupon.claims /= 2 ** halvings;
      if (coupon.claims < 0.1) this.#heat.delete(key);
    }
  }
}
