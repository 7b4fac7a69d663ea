import type { App, Claim, Coupon, Hold, Order, Stock, StoredRecord, UserCoupon } from "./records.ts";

/** What a rule may read: exactly the records its command named. */
export interface Records {
  app(appid: string): App | undefined;
  coupon(appid: string, outCouponId: string): Coupon | undefined;
  stock(appid: string, outCouponId: string): Stock | undefined;
  userCoupon(appid: string, outCouponId: string, outUserCouponId: string): UserCoupon | undefined;
  claim(appid: string, requestId: string): Claim | undefined;
  /** Undefined once it is closed. */
  hold(appid: string, requestId: string): Hold | undefined;
  holdsOf(appid: string, outCouponId: string, openid: string): readonly Hold[];
  order(appid: string, outOrderId: string): Order | undefined;
  catalogueSize(appid: string): number;
  walletSize(appid: string, openid: string): number;
  held(appid: string, outCouponId: string, openid: string): number;
}

/** A record that differs from what was loaded. `fresh`: it did not exist before. */
export type Change = StoredRecord & { fresh: boolean };

/** A record before and after one command; `before` is null for a new one. */
export type Step = { record: StoredRecord["record"]; before: object | null; after: object };

/** An order that depends on nothing but the holds themselves. */
const byAge = (a: Hold, b: Hold) => a.until - b.until || (a.requestId < b.requestId ? -1 : 1);

/** Ids hold no U+0000 (protocol `text`), so joined parts never meet. */
const join = (...parts: string[]) => parts.join("\0");

const identity = ({ record, value }: StoredRecord): string => {
  switch (record) {
    case "app":
      return join("app", value.appid);
    case "coupon":
      return join("coupon", value.appid, value.outCouponId);
    case "stock":
      return join("stock", value.appid, value.outCouponId);
    case "userCoupon":
      return join("userCoupon", value.appid, value.outCouponId, value.outUserCouponId);
    case "claim":
      return join("claim", value.appid, value.requestId);
    case "hold":
      return join("hold", value.appid, value.requestId);
    case "order":
      return join("order", value.appid, value.outOrderId);
  }
};

/**
 * The records of one transaction while its commands are decided one after another: each sees what those before it
 * wrote. An adapter fills it with `provide`, the ledger writes outcomes with `write`, and `changes` is what to save.
 * Sizes follow from what is written and are never saved themselves.
 */
export class WorkingCopy implements Records {
  readonly #loaded = new Map<string, unknown>();
  readonly #changes = new Map<string, Change>();

  /** Tells what the store holds of a record; `undefined`: it holds none. */
  provide(record: StoredRecord["record"], ids: string[], value: StoredRecord["value"] | undefined): void {
    this.#loaded.set(join(record, ...ids), value);
  }

  provideCount(count: "catalogueSize" | "walletSize" | "held", ids: string[], value: number): void {
    this.#loaded.set(join(count, ...ids), value);
  }

  /** Tells which holds a person has on a coupon. */
  provideHoldsOf(ids: [appid: string, outCouponId: string, openid: string], holds: readonly Hold[]): void {
    for (const hold of holds) this.provide("hold", [hold.appid, hold.requestId], hold);
    this.#loaded.set(
      join("holdsOf", ...ids),
      holds.map(({ requestId }) => requestId),
    );
  }

  /** Writes records; answers each one's before and after. */
  write(records: readonly StoredRecord[]): Step[] {
    return records.map((stored) => {
      const key = identity(stored);
      const before = this.#read(key) as StoredRecord["value"] | undefined;
      const fresh = this.#changes.get(key)?.fresh ?? before === undefined;
      this.#loaded.set(key, stored.value);
      this.#changes.set(key, { ...stored, fresh });
      this.#note(stored, before === undefined);
      return { record: stored.record, before: before ?? null, after: stored.value };
    });
  }

  /** What must be saved: each changed record once, as the last command left it. */
  get changes(): Change[] {
    return [...this.#changes.values()];
  }

  /** A copy to try several commands on; nothing of it is seen here until {@link adopt}. */
  fork(): WorkingCopy {
    const copy = new WorkingCopy();
    for (const [key, value] of this.#loaded) copy.#loaded.set(key, value);
    for (const [key, value] of this.#changes) copy.#changes.set(key, value);
    return copy;
  }

  /** Takes over what was written to a fork of this copy. */
  adopt(fork: WorkingCopy): void {
    for (const [key, value] of fork.#loaded) this.#loaded.set(key, value);
    for (const [key, value] of fork.#changes) this.#changes.set(key, value);
  }

  app = (appid: string) => this.#read(join("app", appid)) as App | undefined;
  coupon = (appid: string, outCouponId: string) => this.#read(join("coupon", appid, outCouponId)) as Coupon | undefined;
  stock = (appid: string, outCouponId: string) => this.#read(join("stock", appid, outCouponId)) as Stock | undefined;
  userCoupon = (appid: string, outCouponId: string, outUserCouponId: string) =>
    this.#read(join("userCoupon", appid, outCouponId, outUserCouponId)) as UserCoupon | undefined;
  claim = (appid: string, requestId: string) => this.#read(join("claim", appid, requestId)) as Claim | undefined;
  hold = (appid: string, requestId: string) => {
    const hold = this.#read(join("hold", appid, requestId)) as Hold | undefined;
    return hold?.open ? hold : undefined;
  };
  holdsOf = (appid: string, outCouponId: string, openid: string) =>
    (this.#read(join("holdsOf", appid, outCouponId, openid)) as string[])
      .map((requestId) => this.hold(appid, requestId))
      .filter((hold): hold is Hold => hold?.outCouponId === outCouponId && hold.openid === openid)
      .toSorted(byAge);
  order = (appid: string, outOrderId: string) => this.#read(join("order", appid, outOrderId)) as Order | undefined;
  catalogueSize = (appid: string) => this.#read(join("catalogueSize", appid)) as number;
  walletSize = (appid: string, openid: string) => this.#read(join("walletSize", appid, openid)) as number;
  held = (appid: string, outCouponId: string, openid: string) =>
    this.#read(join("held", appid, outCouponId, openid)) as number;

  #read(key: string): unknown {
    if (!this.#loaded.has(key))
      throw new Error(`a rule read a record its command did not name: ${key.replaceAll("\0", " ")}`);
    return this.#loaded.get(key);
  }

  /** Keeps sizes and lists true to what was written. */
  #note({ record, value }: StoredRecord, isNew: boolean): void {
    if (record === "coupon" && isNew) this.#increment(join("catalogueSize", value.appid));
    if (record === "userCoupon" && isNew) {
      this.#increment(join("walletSize", value.appid, value.openid));
      this.#increment(join("held", value.appid, value.outCouponId, value.openid));
    }
    if (record === "hold") {
      const key = join("holdsOf", value.appid, value.outCouponId, value.openid);
      const requestIds = this.#loaded.get(key) as string[] | undefined;
      if (requestIds && !requestIds.includes(value.requestId)) this.#loaded.set(key, [...requestIds, value.requestId]);
    }
  }

  #increment(key: string): void {
    const count = this.#loaded.get(key);
    if (count !== undefined) this.#loaded.set(key, (count as number) + 1);
  }
}
