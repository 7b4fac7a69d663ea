import type { DatabaseSync } from "node:sqlite";
import { HOUSE } from "../../domain/records.ts";
import { type Query, query } from "./statements.ts";

/** How many positions of an app there are, and how many attempts may be numbered. */
export const POSITIONS = 2 ** 32;

/** The position of the coupon with an `id`. */
export const positionOf = (id: number) => id % POSITIONS;

/** The `id` of the coupon at a position of an app. */
export const couponIdAt = (app: number, position: number) => app * POSITIONS + position;

/** The number of the house. */
const OF_HOUSE = 0;

/** Where there is no such app or coupon. */
export const NONE = -1;

/** The short numbers that stand for appids in keys. An app keeps its number for ever. */
export class AppNumbers {
  readonly #select: Query;
  readonly #known = new Map<string, number>();

  constructor(db: DatabaseSync) {
    this.#select = query(db, "SELECT number FROM app WHERE appid = ?");
  }

  /** {@link NONE} where there is no such app. */
  find(appid: string): number {
    if (appid === HOUSE) return OF_HOUSE;
    const known = this.#known.get(appid);
    if (known !== undefined) return known;
    const number = this.#select.get(appid)?.[0];
    if (number !== undefined) this.#known.set(appid, number);
    return number ?? NONE;
  }

  /** Forgets numbers that a transaction gave out and then rolled back. */
  forget(): void {
    this.#known.clear();
  }
}

/** What names a coupon, or something that is a coupon's; `position` where that is known. */
export type OfCoupon = { appid: string; outCouponId: string; position?: number };

/** The numbers that rows of a transaction find each other by: those of apps, and the ids of coupons met on the way. */
export class Numbers {
  readonly app: (appid: string) => number;
  readonly #selectId: Query;
  /** By appid and out_coupon_id. */
  readonly #ids = new Map<string, Map<string, number>>();

  /** `selectId` looks up a coupon's id by its app's number and its out_coupon_id. */
  constructor(apps: AppNumbers, selectId: Query) {
    this.app = (appid) => apps.find(appid);
    this.#selectId = selectId;
  }

  /** The id of a coupon; {@link NONE} where there is no such coupon. */
  coupon({ appid, outCouponId, position }: OfCoupon): number {
    if (position !== undefined) return couponIdAt(this.app(appid), position);
    const known = this.#ids.get(appid)?.get(outCouponId);
    if (known !== undefined) return known;
    const id = this.#selectId.get(this.app(appid), outCouponId)?.[0] ?? NONE;
    this.note(appid, outCouponId, id);
    return id;
  }

  /** Notes the id of a coupon that was loaded or is saved. */
  note(appid: string, outCouponId: string, id: number): void {
    let ids = this.#ids.get(appid);
    if (!ids) {
      ids = new Map();
      this.#ids.set(appid, ids);
    }
    ids.set(outCouponId, id);
  }
}
