import { type Kind, KindMap } from "./id-map.ts";
import {
  type App,
  type Claim,
  type Coupon,
  type HandOut,
  type Hold,
  type Ids,
  idsOf,
  idsOfRecord,
  type Operator,
  type Order,
  type Person,
  type RecordKey,
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

/** A record, a count, the request ids of holds, or the names of operators or persons; null: there is no such record. */
type Known = StoredRecord["value"] | number | readonly string[] | null;

const none: readonly never[] = [];

/** What is known of one thing, and the change of it that is to be saved, once there is one. */
type Entry = { value: Known; change: Change | undefined };

/**
 * The records of one transaction while its commands are decided one after another: each sees what those before it
 * wrote. An adapter fills it with `provide`, the ledger writes outcomes with `write`, and `changes` is what to save.
 * Sizes follow from what is written and are never saved themselves.
 */
export class WorkingCopy implements Records {
  readonly #known = new KindMap<Entry>();
  readonly #changes: Change[] = [];
  readonly #below: WorkingCopy | undefined;
  #ends: ((appid: string) => JournalEnd) | undefined;
  #clocks: ((appid: string) => AppClock | null) | undefined;
  /** The clocks of apps, as they were asked for or written here. */
  readonly #clockOf = new Map<string, AppClock | null>();

  /** `below` answers for what this copy was not told. */
  constructor(below?: WorkingCopy) {
    this.#below = below;
  }

  /** Whether it was told already what a key names. */
  knows(key: RecordKey): boolean {
    return this.#known.get(key.need, ...idsOf(key)) !== undefined;
  }

  /** Tells what the store holds of a record; `undefined`: it holds none. */
  provide(record: StoredRecord["record"], ids: Ids, value: StoredRecord["value"] | undefined): void {
    this.#tell(record, ids, value ?? null);
  }

  provideCount(count: "catalogueSize" | "walletSize" | "given", ids: Ids, value: number): void {
    this.#tell(count, ids, value);
  }

  /** Tells which holds a person has on a coupon. */
  provideHoldsOf(ids: [appid: string, outCouponId: string, openid: string], holds: readonly Hold[]): void {
    for (const hold of holds) this.provide("hold", [hold.appid, hold.requestId], hold);
    this.#tell("holdsOf", ids, holds.length === 0 ? none : holds.map(({ requestId }) => requestId));
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
      const { appid, outCouponId, outUserCouponId } = after as UserCoupon;
      const change = this.#known.get(record, appid, outCouponId, outUserCouponId)?.change;
      if (change) change.entry = seq;
    }
  }

  /** Tells who the operators are. */
  provideOperators(appid: string, operators: readonly Operator[]): void {
    for (const operator of operators) this.provide("operator", [appid, operator.name], operator);
    this.#tell(
      "operators",
      [appid],
      operators.map(({ name }) => name),
    );
  }

  /** Tells which people of an app have names. */
  providePersons(appid: string, persons: readonly Person[]): void {
    for (const person of persons) this.provide("person", [appid, person.name], person);
    this.#tell(
      "persons",
      [appid],
      persons.map(({ name }) => name),
    );
  }

  /** Writes records; answers each one's before and after. */
  write(records: readonly StoredRecord[]): Step[] {
    return records.map((stored) => {
      const ids = idsOfRecord(stored);
      const known = this.#entry(stored.record, ...ids);
      const before = known.value as StoredRecord["value"] | null;
      this.#put(this.#own(known, stored.record, ids), stored, before === null);
      this.#note(stored, before === null);
      return { record: stored.record, before, after: stored.value };
    });
  }

  /** Writes records of an app of which nothing is left but itself: none of them is there. */
  writeAnew(records: readonly StoredRecord[]): Step[] {
    return records.map((stored) => {
      const ids = idsOfRecord(stored);
      this.#put(this.#known.get(stored.record, ...ids) ?? this.#tell(stored.record, ids, null), stored, true);
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

  app = (appid: string) => this.#record("app", appid) as App | undefined;
  coupon = (appid: string, outCouponId: string) => this.#record("coupon", appid, outCouponId) as Coupon | undefined;
  stock = (appid: string, outCouponId: string) => this.#record("stock", appid, outCouponId) as Stock | undefined;
  userCoupon = (appid: string, outCouponId: string, outUserCouponId: string) =>
    this.#record("userCoupon", appid, outCouponId, outUserCouponId) as UserCoupon | undefined;
  claim = (appid: string, requestId: string) => this.#record("claim", appid, requestId) as Claim | undefined;
  hold = (appid: string, requestId: string) => {
    const hold = this.#record("hold", appid, requestId) as Hold | undefined;
    return hold?.open ? hold : undefined;
  };
  holdsOf = (appid: string, outCouponId: string, openid: string): readonly Hold[] => {
    const requestIds = this.#read("holdsOf", appid, outCouponId, openid) as readonly string[];
    if (requestIds.length === 0) return none;
    return requestIds
      .map((requestId) => this.hold(appid, requestId))
      .filter((hold): hold is Hold => hold?.outCouponId === outCouponId && hold.openid === openid)
      .toSorted(byAge);
  };
  order = (appid: string, outOrderId: string) => this.#record("order", appid, outOrderId) as Order | undefined;
  operator = (appid: string, name: string) => {
    const operator = this.#record("operator", appid, name) as Operator | undefined;
    return operator?.open ? operator : undefined;
  };
  operators = (appid: string) =>
    (this.#read("operators", appid) as string[]).toSorted().flatMap((name) => this.operator(appid, name) ?? []);
  handOut = (appid: string, handOutId: string) => this.#record("handOut", appid, handOutId) as HandOut | undefined;
  person = (appid: string, name: string) => {
    const person = this.#record("person", appid, name) as Person | undefined;
    return person?.open ? person : undefined;
  };
  persons = (appid: string) =>
    (this.#read("persons", appid) as string[]).toSorted().flatMap((name) => this.person(appid, name) ?? []);
  /** What is known here of a count or a coupon; undefined: nothing was told. */
  knownCount = (count: "walletSize" | "given", ids: Ids) => this.#find(count, ...ids)?.value as number | undefined;
  knownCoupon = (appid: string, outCouponId: string) =>
    this.#find("coupon", appid, outCouponId)?.value as Coupon | null | undefined;
  catalogueSize = (appid: string) => this.#read("catalogueSize", appid) as number;
  walletSize = (appid: string, openid: string) => this.#read("walletSize", appid, openid) as number;
  given = (appid: string, outCouponId: string, openid: string) =>
    this.#read("given", appid, outCouponId, openid) as number;

  #find(kind: Kind, appid: string, second?: string, third?: string): Entry | undefined {
    const known = this.#known.get(kind, appid, second, third);
    return known === undefined && this.#below ? this.#below.#find(kind, appid, second, third) : known;
  }

  #entry(kind: Kind, appid: string, second?: string, third?: string): Entry {
    const known = this.#find(kind, appid, second, third);
    if (known) return known;
    const path = [kind, appid, second, third].filter((word) => word !== undefined);
    throw new Error(`a rule read a record its command did not name: ${path.join(" ")}`);
  }

  #read(kind: Kind, appid: string, second?: string, third?: string): Known {
    return this.#entry(kind, appid, second, third).value;
  }

  #record(kind: Kind, appid: string, second?: string, third?: string): StoredRecord["value"] | undefined {
    return (this.#read(kind, appid, second, third) ?? undefined) as StoredRecord["value"] | undefined;
  }

  #tell(kind: Kind, ids: Ids, value: Known): Entry {
    const entry = { value, change: undefined };
    this.#known.set(kind, entry, ...ids);
    return entry;
  }

  /** What is known of a thing, as an entry of this copy's own, so that what it forked from stays as it is. */
  #own(known: Entry, kind: Kind, ids: Ids): Entry {
    if (!this.#below) return known;
    return this.#known.get(kind, ...ids) ?? this.#tell(kind, ids, known.value);
  }

  #put(entry: Entry, stored: StoredRecord, isNew: boolean): void {
    entry.value = stored.value;
    if (entry.change) entry.change.value = stored.value;
    else {
      entry.change = { ...stored, fresh: isNew };
      this.#changes.push(entry.change);
    }
  }

  /** Keeps sizes and lists true to what was written. */
  #note({ record, value }: StoredRecord, isNew: boolean): void {
    if (record === "app") this.#clockOf.set(value.appid, value.sandbox?.clock ?? null);
    if (record === "coupon" && isNew) this.#increment("catalogueSize", [value.appid]);
    if (record === "userCoupon" && isNew) {
      this.#increment("walletSize", [value.appid, value.openid]);
      this.#increment("given", [value.appid, value.outCouponId, value.openid]);
    }
    if (record === "hold") this.#list("holdsOf", [value.appid, value.outCouponId, value.openid], value.requestId);
    if (record === "operator" || record === "person") this.#list(`${record}s`, [value.appid], value.name);
  }

  /** Adds one to a count that was told. */
  #increment(count: Kind, ids: Ids): void {
    const told = this.#find(count, ...ids);
    if (told) this.#own(told, count, ids).value = (told.value as number) + 1;
  }

  /** Adds a name to a list that was told, unless it has it. */
  #list(list: Kind, ids: Ids, name: string): void {
    const told = this.#find(list, ...ids);
    const names = told?.value as readonly string[] | undefined;
    if (told && names && !names.includes(name)) this.#own(told, list, ids).value = [...names, name];
  }
}
