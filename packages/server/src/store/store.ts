import type { Actor } from "../domain/actor.ts";
import type { CouponFilters, CouponPlace } from "../domain/catalogue/search.ts";
import type { CallbackAttempt, CallbackFilter, KeptAttempt } from "../domain/claims/attempts.ts";
import type { HandOutLine, LineResult } from "../domain/hand-outs/lines.ts";
import type { Subject } from "../domain/journal.ts";
import type { JournalEntry, JournalRow, JournalText } from "../domain/journal-entry.ts";
import type { WalletCoupon } from "../domain/pricing/eligible.ts";
import type {
  App,
  Coupon,
  HandOut,
  Hold,
  Operator,
  Order,
  Person,
  RecordKey,
  RecordKind,
  RecordOf,
  Stock,
  UserCoupon,
  UserCouponId,
  UserCouponStatus,
} from "../domain/records.ts";
import type { Tally } from "../domain/reports/tally.ts";
import type { CallFilter, KeptCall, LoggedCall } from "../domain/sandbox/call-log.ts";
import type { Change, JournalEnd, WorkingCopy } from "../domain/working-copy.ts";

/**
 * What a transaction leaves behind: changed records, one journal entry for each command that changed something, and what
 * is counted by them, to be added to what was counted before.
 */
export type Commit = {
  changes: Change[];
  journal: JournalEntry[];
  tallies?: Tally[];
  /**
   * Apps that are removed, each named by a key. From this commit on there is no such app: no read of apps shows it, it has
   * no holds, nothing is kept of its callback, and its journal's end is that of an empty one. What else is of it goes by
   * {@link Store.removeSome}; until all is gone a transaction that names it is told that the store is busy, and then its
   * appid may be used anew.
   */
  removes?: string[];
  /**
   * Sandbox apps of which everything is removed before changes are saved, all but the app itself and its saved states:
   * journal, what is found and counted by it, attempts at callbacks. The numbers of journals go on.
   */
  empties?: string[];
};

/** Which tallies: of the days `from` to `to`, both with them; of a coupon or `WHOLE_SHOP`, or with null of all of these. */
export type TallySpan = { from: number; to: number; outCouponId: string | null };

/** Where a tally stands in their list. */
export type TallyPlace = Pick<Tally, "day" | "outCouponId">;

/** A coupon and its stock; `stock` is absent until the coupon was activated. */
export type StockedCoupon = { coupon: Coupon; stock: Stock | undefined };

/** A page of a list and the length of the whole. */
export type Page<T> = { total: number; entries: T[] };

/** Connections to a database: in use, open but idle, and how much work waits for one. */
export type StoreConnections = { inUse: number; idle: number; waiting: number };

/** Of a store whose tables follow its journal: entries that they do not tell yet, and generations that they came to tell. */
export type StoreSettling = { owed: number; generations: number };

/** Where a list of hand-outs ends. */
export type HandOutPlace = Pick<HandOut, "createdAt" | "handOutId">;

/**
 * A last second of each kind: of an open hold's time, of an effective user coupon's validity or the lock that keeps it
 * longer, of an active coupon's fixed validity; null: there is none.
 */
export type LastSeconds = { hold: number | null; userCoupon: number | null; coupon: number | null };

/** Which of a person's coupons are wanted; all unless it is said. */
export type WalletFilter = { status?: UserCouponStatus | undefined; outCouponId?: string | undefined };

/** How many slots of a wallet are looked through for one page of {@link StoreReads.listWallet}. */
export const WALLET_SLICE = 1000;

/** How many holds of one of so many apps {@link StoreReads.listHolds} tells. */
export const shareOf = (apps: number, ofEach: number, inAll: number): number =>
  Math.min(ofEach, Math.max(1, Math.floor(inAll / apps)));

/** Which of an app's orders are wanted; all unless it is said. */
export type OrderFilter = { openid?: string | undefined; status?: Order["status"] | undefined };

/** The user coupons of which coupon are wanted, and of which status; of any unless it is said. */
export type HoldersOf = { appid: string; outCouponId: string; status?: UserCouponStatus | undefined };

/** A page of a list of which a slice was looked through, and where the next begins; null: there is none. */
export type Slice<T, Place> = { entries: T[]; next: Place | null };

/** How many user coupons and orders are looked through for one page of {@link StoreReads.listHolders} and of `listOrders`. */
export const [HOLDER_SLICE, ORDER_SLICE] = [1000, 1000];

/** The `next` of a page whose slots were looked through down to `start`. */
export function nextBefore(entries: readonly UserCoupon[], start: number, limit: number): number | null {
  const reached = entries.length < limit ? start : (entries.at(-1)?.slot ?? start);
  return reached > 0 ? reached : null;
}

/** Where a user coupon is: whose wallet, and which slot of it. */
export type WalletPlace = Pick<UserCoupon, "openid" | "slot">;

/**
 * The store could not commit now and changed nothing (the database is locked, full, read-only, away, or its files are
 * gone), or too many wait for it; a retry may succeed.
 * Every other error of a store is a fault. One case is left where it may have committed: a database over the network
 * went away in the middle of a commit, and did not come back while the caller could wait for it to be looked up.
 */
export class StoreBusyError extends Error {
  override name = "StoreBusyError";
}

/** A state of a sandbox app as it is kept under a name of that app. */
export type KeptState = {
  appid: string;
  name: string;
  /** In which form its body is: what reads it knows which it can. */
  format: number;
  /** When it was saved, and what the app's clock showed then; Unix seconds. */
  savedAt: number;
  time: number;
  by: Actor;
  /** How many records it holds. */
  records: number;
  body: Uint8Array;
};

/** How many states of an app are kept. */
export const STATES_KEPT = 20;

/** What a transaction is told that names an app which is removed. */
export const beingRemoved = (appid: string): string => `app ${appid} is being deleted`;

/** What a store keeps its data in. */
export type StoreKind = "sqlite" | "postgres" | "memory";

/** What a store answers without changing anything. A read sees every commit that resolved before it began. */
export interface StoreReads {
  /** Coupons by position, `offset` first; costs the same at any offset. */
  listCoupons(appid: string, offset: number, limit: number): Promise<Page<StockedCoupon>>;
  coupon(appid: string, outCouponId: string): Promise<Coupon | undefined>;
  /**
   * At most `limit` (at least 1) of the coupons that have all that is asked for, after a place: newest first, but with
   * `namePrefix` by their names in the order of code points, of the same name the oldest first. Costs the same at any
   * depth: one index is gone along for a bounded number of rows, so a page may come short, or empty, and `next` tells
   * where to go on all the same; null: there is no more.
   */
  findCoupons(
    appid: string,
    filters: CouponFilters,
    after: CouponPlace | null,
    limit: number,
  ): Promise<{ entries: StockedCoupon[]; next: CouponPlace | null }>;
  /** A person's coupons, newest first; costs the same at any offset. */
  listUserCoupons(appid: string, openid: string, offset: number, limit: number): Promise<Page<UserCoupon>>;
  /**
   * Those of a person's coupons that `filter` lets through, newest first, in slots below `before` (null: from the newest
   * on), at most `limit`. It looks through no more than {@link WALLET_SLICE} slots, so that a page may come short or
   * empty: `next` is then the `before` of the next page; null: the wallet is at its end.
   */
  listWallet(
    ...of: [appid: string, openid: string, filter: WalletFilter, before: number | null, limit: number]
  ): Promise<Slice<UserCoupon, number>>;
  userCoupon(appid: string, outCouponId: string, outUserCouponId: string): Promise<UserCoupon | undefined>;
  /** The user coupons of an app that have an id, in the order of their coupons; at most `limit`. */
  findUserCoupons(appid: string, outUserCouponId: string, limit: number): Promise<UserCoupon[]>;
  /** User coupons of all wallets of an app, wallet by wallet, oldest first, after `last`; at most `limit`. */
  listWallets(appid: string, last: WalletPlace | null, limit: number): Promise<UserCoupon[]>;
  app(appid: string): Promise<App | undefined>;
  /** All apps, oldest first; those of one second in any order. */
  listApps(): Promise<App[]>;
  /**
   * Open holds whose time is over before their app's clock shows what it would at `second` of real time, those over longest first: of each app that has any at most `ofEach`, and
   * no more than its even share of `inAll` (but one), so that no app's hide another's.
   */
  listHolds(second: number, ofEach: number, inAll: number): Promise<Hold[]>;
  /** At most `limit` open holds of an app whose time is over before `second` of its clock, those over longest first. */
  listHoldsOf(appid: string, second: number, limit: number): Promise<Hold[]>;
  /** At most `limit` active coupons whose fixed validity ended before `second`, in the order of its ends, which `last` tells. */
  listCouponsOver(appid: string, second: number, limit: number): Promise<{ outCouponId: string; last: number }[]>;
  /**
   * A person's coupons, newest first, each with the coupon it is one of: at most `limit`. Those that can be used at `now`
   * (`isUsable`) go before others, of these what ends first, and of these the newest; the room that is left is the newest
   * others'. `more` is how many that can be used there are beyond. It walks all of the person's wallet and nothing else;
   * coupons are looked up for those only that are not used, locked or over. An index of what can be used would be one more
   * that every claim writes.
   */
  listWalletCoupons(
    appid: string,
    openid: string,
    now: number,
    limit: number,
  ): Promise<{ entries: WalletCoupon[]; more: number }>;
  order(appid: string, outOrderId: string): Promise<Order | undefined>;
  /**
   * Those of an app's orders that `filter` lets through, those recorded last first, before a place (null: from the last on),
   * at most `limit`. It looks through no more than {@link ORDER_SLICE} orders, so that a page may come short or empty:
   * `next` is then the `before` of the next page; null: there are no more.
   */
  listOrders(appid: string, filter: OrderFilter, before: number | null, limit: number): Promise<Slice<Order, number>>;
  /**
   * The user coupons of one coupon, by their ids in the order of code points, the last first: those that the server made
   * grow with time. Told as {@link listOrders} tells orders, of {@link HOLDER_SLICE} user coupons of whatever coupons.
   */
  listHolders(of: HoldersOf, before: string | null, limit: number): Promise<Slice<UserCoupon, string>>;
  /**
   * At most `limit` effective user coupons whose validity ended before `second` and that no lock keeps then, in the order of
   * their ends. `last`: the last second of the validity, or of a lock that was longer.
   */
  listUserCouponsOver(appid: string, second: number, limit: number): Promise<(UserCouponId & { last: number })[]>;
  /** The first second from `from` on that is the last of anything that comes to an end in an app; see {@link LastSeconds}. */
  nextEnds(appid: string, from: number): Promise<LastSeconds>;
  handOut(appid: string, handOutId: string): Promise<HandOut | undefined>;
  /** An app's hand-outs, newest first, after `last`; at most `limit`. */
  listHandOuts(appid: string, last: HandOutPlace | null, limit: number): Promise<HandOut[]>;
  /**
   * At most `limit` hand-outs of all apps that `isOpen` and not `isTaken` by another than `worker` at a second of real
   * time: first those that nobody has worked on, then those that a process had longest ago.
   */
  listOpenHandOuts(worker: string, second: number, limit: number): Promise<HandOut[]>;
  /** The lines of a list after one, at most `limit`. */
  listHandOutLines(appid: string, list: string, after: number, limit: number): Promise<HandOutLine[]>;
  /** Lists of lines that no hand-out has, whose name comes before `before`; at most `limit`. It costs as much as there are lists. */
  listLooseLines(before: string, limit: number): Promise<{ appid: string; list: string }[]>;
  /** A saved state of a sandbox app. */
  state(appid: string, name: string): Promise<KeptState | undefined>;
  /** The saved states of an app by their names, without their bodies. */
  listStates(appid: string): Promise<Omit<KeptState, "body">[]>;
  /** The operators that are kept under an appid, by their names; they are all under `HOUSE`. */
  listOperators(appid: string): Promise<Operator[]>;
  person(appid: string, name: string): Promise<Person | undefined>;
  /** The people of an app who have a name, in the order of its code points, after `last`; null: from the first on; at most `limit`. */
  listPersons(appid: string, last: string | null, limit: number): Promise<Person[]>;
  /**
   * The attempts that are kept of an app and that `filter` asks for, newest first, only those before `before` unless that
   * is null; at most `limit`. It walks all that are kept of the app at most.
   */
  listCallbacks(appid: string, filter: CallbackFilter, before: number | null, limit: number): Promise<KeptAttempt[]>;
  /** One attempt, while it is kept. */
  callback(appid: string, nth: number): Promise<KeptAttempt | undefined>;
  /** Those that are kept after `nth`, oldest first, at most `limit`. */
  listCallbacksAfter(appid: string, nth: number, limit: number): Promise<KeptAttempt[]>;
  /** The calls that are kept of a sandbox app, told as {@link listCallbacks} tells attempts. */
  listCalls(appid: string, filter: CallFilter, before: number | null, limit: number): Promise<KeptCall[]>;
  /** Those that are kept after `nth`, oldest first, at most `limit`. */
  listCallsAfter(appid: string, nth: number, limit: number): Promise<KeptCall[]>;
  /** An app's journal after `seq`, at most `limit` rows. */
  readJournal(appid: string, after: number, limit: number): Promise<JournalRow[]>;
  /** An app's journal before `seq`, null: from its end, newest first, at most `limit` rows. */
  listJournal(appid: string, before: number | null, limit: number): Promise<JournalRow[]>;
  /** The same of the entries about a subject. That of a user coupon ends with the entry that recorded it. */
  listHistory(appid: string, subject: Subject, before: number | null, limit: number): Promise<JournalRow[]>;
  /**
   * Where an app's journal ends, which is kept apart from its rows, so that it shows where the last ones are missing.
   */
  journalEnd(appid: string): Promise<JournalEnd>;
  /** Tallies of an app by day and coupon, after `last`; at most `limit`. */
  listTallies(appid: string, span: TallySpan, last: TallyPlace | null, limit: number): Promise<Tally[]>;
}

/** Where a page of records ended: what an adapter made of it, for that adapter alone. */
export type RecordPlace = readonly (string | number)[];

/** What one app was at one moment. Pages go on after where the last one ended; null begins. */
export interface SnapshotReads {
  /**
   * Where the app's journal ends, as that is kept apart from its entries, and how many there are. `hasGaps`: the numbers of
   * an app's entries are not one after another, because apps share them.
   */
  end(): Promise<JournalEnd & { entries: number; hasGaps: boolean }>;
  /** How many records of a kind there are. */
  count(kind: RecordKind): Promise<number>;
  /** The app's journal after `seq`, as it is kept; at most `limit` entries. */
  journal(after: number, limit: number): Promise<JournalText[]>;
  /**
   * All records of a kind, at most `limit`: coupons by position, user coupons wallet by wallet and oldest first, others in
   * any order. `last` is null once there are no more.
   */
  records<K extends RecordKind>(
    kind: K,
    after: RecordPlace | null,
    limit: number,
  ): Promise<{ records: RecordOf[K][]; last: RecordPlace | null }>;
  /** All tallies of the app; at most `limit`. */
  tallies(after: TallyPlace | null, limit: number): Promise<Tally[]>;
}

/**
 * Where everything is kept. Adapters are sibling folders with equal file names, proved by one conformance suite.
 *
 * What every adapter keeps:
 * - `transact` is atomic and isolated: its effect is that of all transactions one after another.
 * - When it resolves, the commit is durable: it survives the process being killed and the machine losing power
 *   (the memory adapter alone keeps nothing beyond its process).
 * - Records come back equal to what was saved, in every character of every text.
 */
export interface Store extends StoreReads {
  /**
   * Loads what `keys` name, some of it several times, into a working copy, lets `work` decide on it, saves what it answers,
   * and commits.
   * `work` is synchronous and touches nothing but the working copy it is given; it may be called again on a fresh one.
   * The ends of the journals of the apps that `keys` name, and of those that do not exist yet, are provided with them, and
   * the clocks of those apps.
   * `given` need not be provided for coupons past their draft that have no limit per person: no rule asks for it.
   * If `work` throws, nothing is saved and its error is thrown on. Throws {@link StoreBusyError}.
   * `isLong`: it may take longer than a call may, as what empties an app does; what else names its apps waits or is told
   * that the store is busy.
   */
  transact(keys: readonly RecordKey[], work: (records: WorkingCopy) => Commit, isLong?: boolean): Promise<void>;
  /**
   * Keeps attempts, and of each app no more and no older ones than {@link CALLBACKS_KEPT}; answers the `nth` of each, 0
   * where there is no such app.
   */
  keepCallbacks(attempts: readonly CallbackAttempt[]): Promise<number[]>;
  /**
   * Keeps calls, and of each app no more than `CALLS_KEPT` says; those of apps that are not there are not kept. Those in
   * front that are older than it says go, as far as the first that is not. The last that it kept may be lost with the
   * machine's power.
   */
  keepCalls(calls: readonly LoggedCall[]): Promise<void>;
  /**
   * Keeps a state in the place of one of the same name; answers whether: an app that has {@link STATES_KEPT} others keeps no
   * more, one that does not exist none.
   */
  keepState(state: KeptState): Promise<boolean>;
  /** Removes a saved state; answers whether there was one. */
  removeState(appid: string, name: string): Promise<boolean>;
  /** Adds lines to a list, in order; one whose openid the list has before is skipped as `repeated`. */
  addHandOutLines(appid: string, list: string, lines: readonly Pick<HandOutLine, "line" | "openid">[]): Promise<void>;
  /** Notes results of a hand-out's lines, if it is `worker` who has it. */
  noteHandOutLines(
    handOut: Pick<HandOut, "appid" | "handOutId" | "list">,
    worker: string,
    results: readonly { line: number; result: LineResult }[],
  ): Promise<void>;
  /** Removes lines of a list, at most `limit`; answers how many. */
  removeHandOutLines(appid: string, list: string, limit: number): Promise<number>;
  /** Removes at most `limit` rows of what an app that is removed still has; answers how many: 0 once all of it is gone. */
  removeSome(appid: string, limit: number): Promise<number>;
  /** The apps that are removed and not gone yet. */
  listRemovals(): Promise<string[]>;
  /**
   * A number that differs from the last one told whenever a process other than this one may have changed the app, as of
   * all commits that resolved before it was asked. What was cached before it moved must be thrown away. It may be
   * remembered for the current turn of the event loop: a request that is read in this turn was sent before it.
   */
  foreignRevision(appid: string): Promise<number>;
  readonly kind: StoreKind;
  /**
   * How many transactions may run at once; others wait for them. Transactions that name different apps do not wait for
   * each other's locks.
   */
  readonly writers: number;
  /** How long work may wait for its turn, in milliseconds; then its caller is told that the store is busy. */
  readonly patience: number;
  /**
   * Resolves if the store would keep a write now: it has made one of its own durable, and found all its tables. Throws
   * what hinders it, in words that anybody may read.
   */
  ping(): Promise<void>;
  /**
   * Reads an app as it was at one moment, as of all commits that resolved before, for as long as `work` takes; then all
   * that it took is given back. No write waits for it, and nothing is held up but what the database would throw away.
   */
  snapshot<T>(appid: string, work: (reads: SnapshotReads) => Promise<T>): Promise<T>;
  /** How its connections are doing now, in a store that has any. */
  connections?(): StoreConnections;
  /** How far its tables are behind its journal, in a store where they may be. */
  settling?(): StoreSettling;
  close(): Promise<void>;
}
