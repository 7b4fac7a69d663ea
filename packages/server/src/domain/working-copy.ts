import { PathMap } from "./path-map.ts";
import {
  type App,
  type Claim,
  type Coupon,
  type HandOut,
  type Hold,
  idsOfRecord,
  type Operator,
  type Order,
  type Person,
  type Stock,
  type StoredRecord,
  type UserCoupon,
} from "./records.ts";
import type { AppClock } from "./sandbox/clock.ts";

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
  /** Undefined once they are removed. */
  operator(appid: string, name: string): Operator | undefined;
  /** By their names. */
  operators(appid: string): readonly Operator[];
  handOut(appid: string, handOutId: string): HandOut | undefined;
  /** Undefined once they are removed. */
  person(appid: string, name: string): Person | undefined;
  /** By their names. */
  persons(appid: string): readonly Person[];
  catalogueSize(appid: string): number;
  walletSize(appid: string, openid: string): number;
  given(appid: string, outCouponId: string, openid: string): number;
}

/**
 * A record that differs from what was loaded. `fresh`: it did not exist before. `entry`: the number of the journal entry
 * that recorded a fresh user coupon.
 */
export type Change = StoredRecord & { fresh: boolean; entry?: number };

/** Where an app's journal ends: new entries are numbered on from `seq` and chained to `digest`; 0 and "" where it is empty. */
export type JournalEnd = { seq: number; digest: string };

/** A record before and after one command; `before` is null for a new one. */
export type Step = { record: StoredRecord["record"]; before: object | null; after: object };

/** An order that depends on nothing but the holds themselves. */
const byAge = (a: Hold, b: Hold) => a.until - b.until || (a.requestId < b.requestId ? -1 : 1);

/** What a record is, and its ids. */
const pathOf = (stored: StoredRecord): string[] => [stored.record, ...idsOfRecord(stored)];

/** A record, a count, the request ids of holds, or the names of operators or persons; null: there is no such record. */
type Known = StoredRecord["value"] | number | readonly string[] | null;

/**
 * The records of one transaction while its commands are decided one after another: each sees what those before it
 * wrote. An adapter fills it with `provide`, the ledger writes outcomes with `write`, and `changes` is what to save.
 * Sizes follow from what is written and are never saved themselves.
 */
export class WorkingCopy implements Records {
  readonly #known = new PathMap<Known>();
  readonly #changes: Change[] = [];
  readonly #changeOf = new PathMap<Change>();
  readonly #below: WorkingCopy | undefined;
  #ends: ((appid: string) => JournalEnd) | undefined;
  #clocks: ((appid: string) => AppClock | null) | undefined;
  /** The clocks of apps, as they were asked for or written here. */
  readonly #clockOf = new Map<string, AppClock | null>();

  /** `below` answers for what this copy was not told. */
  constructor(below?: WorkingCopy) {
    this.#below = below;
  }

  /** Tells what the store holds of a record; `undefined`: it holds none. */
  provide(record: StoredRecord["record"], ids: string[], value: StoredRecord["value"] | undefined): void {
    this.#known.set([record, ...ids], value ?? null);
  }

  provideCount(count: "catalogueSize" | "walletSize" | "given", ids: string[], value: number): void {
    this.#known.set([count, ...ids], value);
  }

  /** Tells which holds a person has on a coupon. */
  provideHoldsOf(ids: [appid: string, outCouponId: string, openid: string], holds: readonly Hold[]): void {
    for (const hold of holds) this.provide("hold", [hold.appid, hold.requestId], hold);
    this.#known.set(
      ["holdsOf", ...ids],
      holds.map(({ requestId }) => requestId),
    );
  }

  /** Tells where journals end; asked only where an entry is written. */
  provideEnds(ends: (appid: string) => JournalEnd): void {
    this.#ends = ends;
  }

  /** Tells the clocks of apps as they were when the transaction began; null: the app has none of its own. */
  provideClocks(clocks: (appid: string) => AppClock | null): void {
    this.#clocks = clocks;
  }

  /** The clock that an app's next command is decided by, as the one before it left it; null: it goes by real time. */
  clock(appid: string): AppClock | null {
    const known = this.#clockOf.get(appid);
    if (known !== undefined) return known;
    if (this.#below) return this.#below.clock(appid);
    if (!this.#clocks) throw new Error("nobody told what the app's clock is");
    const clock = this.#clocks(appid);
    this.#clockOf.set(appid, clock);
    return clock;
  }

  /** Where an app's journal ended before this transaction. */
  end(appid: string): JournalEnd {
    if (!this.#ends) throw new Error("nobody told where the journal ends");
    return this.#ends(appid);
  }

  /** Notes in which journal entry the user coupons among its steps were recorded. */
  recordedIn(seq: number, steps: readonly Step[]): void {
    for (const { record, before, after } of steps) {
      if (record !== "userCoupon" || before !== null) continue;
      const change = this.#changeOf.get(pathOf({ record, value: after as UserCoupon }));
      if (change) change.entry = seq;
    }
  }

  /** Tells who the operators are. */
  provideOperators(appid: string, operators: readonly Operator[]): void {
    for (const operator of operators) this.provide("operator", [appid, operator.name], operator);
    this.#known.set(
      ["operators", appid],
      operators.map(({ name }) => name),
    );
  }

  /** Tells which people of an app have names. */
  providePersons(appid: string, persons: readonly Person[]): void {
    for (const person of persons) this.provide("person", [appid, person.name], person);
    this.#known.set(
      ["persons", appid],
      persons.map(({ name }) => name),
    );
  }

  /** Writes records; answers each one's before and after. */
  write(records: readonly StoredRecord[]): Step[] {
    return records.map((stored) => {
      const path = pathOf(stored);
      const before = this.#read(path) as StoredRecord["value"] | null;
      this.#known.set(path, stored.value);
      this.#change(path, stored, before === null);
      this.#note(stored, before === null);
      return { record: stored.record, before, after: stored.value };
    });
  }

  /** Writes records of an app of which nothing is left but itself: none of them is there. */
  writeAnew(records: readonly StoredRecord[]): Step[] {
    return records.map((stored) => {
      const path = pathOf(stored);
      this.#known.set(path, stored.value);
      this.#change(path, stored, true);
      return { record: stored.record, before: null, after: stored.value };
    });
  }

  /** What must be saved: each changed record once, as the last command left it. */
  get changes(): Change[] {
    return this.#changes;
  }

  /** A copy to try several commands on; nothing of it is seen here until {@link adopt}. */
  fork(): WorkingCopy {
    return new WorkingCopy(this);
  }

  /** Takes over what was written to a fork of this copy. */
  adopt(fork: WorkingCopy): void {
    this.write(fork.changes);
  }

  app = (appid: string) => this.#record(["app", appid]) as App | undefined;
  coupon = (appid: string, outCouponId: string) => this.#record(["coupon", appid, outCouponId]) as Coupon | undefined;
  stock = (appid: string, outCouponId: string) => this.#record(["stock", appid, outCouponId]) as Stock | undefined;
  userCoupon = (appid: string, outCouponId: string, outUserCouponId: string) =>
    this.#record(["userCoupon", appid, outCouponId, outUserCouponId]) as UserCoupon | undefined;
  claim = (appid: string, requestId: string) => this.#record(["claim", appid, requestId]) as Claim | undefined;
  hold = (appid: string, requestId: string) => {
    const hold = this.#record(["hold", appid, requestId]) as Hold | undefined;
    return hold?.open ? hold : undefined;
  };
  holdsOf = (appid: string, outCouponId: string, openid: string) =>
    (this.#read(["holdsOf", appid, outCouponId, openid]) as string[])
      .map((requestId) => this.hold(appid, requestId))
      .filter((hold): hold is Hold => hold?.outCouponId === outCouponId && hold.openid === openid)
      .toSorted(byAge);
  order = (appid: string, outOrderId: string) => this.#record(["order", appid, outOrderId]) as Order | undefined;
  operator = (appid: string, name: string) => {
    const operator = this.#record(["operator", appid, name]) as Operator | undefined;
    return operator?.open ? operator : undefined;
  };
  operators = (appid: string) =>
    (this.#read(["operators", appid]) as string[]).toSorted().flatMap((name) => this.operator(appid, name) ?? []);
  handOut = (appid: string, handOutId: string) => this.#record(["handOut", appid, handOutId]) as HandOut | undefined;
  person = (appid: string, name: string) => {
    const person = this.#record(["person", appid, name]) as Person | undefined;
    return person?.open ? person : undefined;
  };
  persons = (appid: string) =>
    (this.#read(["persons", appid]) as string[]).toSorted().flatMap((name) => this.person(appid, name) ?? []);
  /** What is known here of a count or a coupon; undefined: nothing was told. */
  knownCount = (count: "walletSize" | "given", ids: readonly string[]) =>
    this.#find([count, ...ids]) as number | undefined;
  knownCoupon = (appid: string, outCouponId: string) =>
    this.#find(["coupon", appid, outCouponId]) as Coupon | null | undefined;
  catalogueSize = (appid: string) => this.#read(["catalogueSize", appid]) as number;
  walletSize = (appid: string, openid: string) => this.#read(["walletSize", appid, openid]) as number;
  given = (appid: string, outCouponId: string, openid: string) =>
    this.#read(["given", appid, outCouponId, openid]) as number;

  #find(path: readonly string[]): Known | undefined {
    const known = this.#known.get(path);
    return known === undefined && this.#below ? this.#below.#find(path) : known;
  }

  #read(path: readonly string[]): Known {
    const known = this.#find(path);
    if (known === undefined) throw new Error(`a rule read a record its command did not name: ${path.join(" ")}`);
    return known;
  }

  #record(path: readonly string[]): StoredRecord["value"] | undefined {
    return (this.#read(path) ?? undefined) as StoredRecord["value"] | undefined;
  }

  #change(path: readonly string[], stored: StoredRecord, isNew: boolean): void {
    const change = this.#changeOf.get(path);
    if (change) change.value = stored.value;
    else {
      const first = { ...stored, fresh: isNew };
      this.#changes.push(first);
      this.#changeOf.set(path, first);
    }
  }

  /** Keeps sizes and lists true to what was written. */
  #note({ record, value }: StoredRecord, isNew: boolean): void {
    if (record === "app") this.#clockOf.set(value.appid, value.sandbox?.clock ?? null);
    if (record === "coupon" && isNew) this.#increment(["catalogueSize", value.appid]);
    if (record === "userCoupon" && isNew) {
      this.#increment(["walletSize", value.appid, value.openid]);
      this.#increment(["given", value.appid, value.outCouponId, value.openid]);
    }
    if (record === "hold") {
      const path = ["holdsOf", value.appid, value.outCouponId, value.openid];
      const requestIds = this.#find(path) as string[] | undefined;
      if (requestIds && !requestIds.includes(value.requestId)) this.#known.set(path, [...requestIds, value.requestId]);
    }
    if (record === "operator" || record === "person") {
      const path = [`${record}s`, value.appid];
      const names = this.#find(path) as string[] | undefined;
      if (names && !names.includes(value.name)) this.#known.set(path, [...names, value.name]);
    }
  }

  #increment(path: readonly string[]): void {
    const count = this.#find(path);
    if (count !== undefined) this.#known.set(path, (count as number) + 1);
  }
}
