import { defaultSettings } from "../src/domain/access/settings.ts";
import type { CouponContent } from "../src/domain/catalogue/coupons.ts";
import type { CallbackAttempt } from "../src/domain/claims/attempts.ts";
import type { WalletCoupon } from "../src/domain/pricing/eligible.ts";
import {
  type App,
  type Claim,
  type Coupon,
  type HandOut,
  type Hold,
  type Operator,
  type Order,
  type Person,
  type RecordKey,
  recordIds,
  type Stock,
  type StoredRecord,
  type Terms,
  type UserCoupon,
} from "../src/domain/records.ts";
import type { LoggedCall } from "../src/domain/sandbox/call-log.ts";
import type { WorkingCopy } from "../src/domain/working-copy.ts";
import { Journal } from "../src/service/journal.ts";
import type { Commit, Store } from "../src/store/store.ts";

/** Text that stores like to spoil: quotes, CJK, astral characters, combining marks, line ends, percent signs. */
export const awkward = "券'\"\\ 🎟️ é\u0301 \r\n\t % _ ; -- \u2028";

export const anApp = (appid: string): App => {
  const tokens = { current: null, previous: null, forcedAt: 0, quotaDay: 3, fetches: 7 };
  const current = { nonce: "n", digest: "d", expiresAt: 7200, honouredUntil: 300 };
  return {
    appid,
    createdAt: 11,
    secret: { salt: "s", digest: "d" },
    tokenQuota: 2000,
    tokens: { regular: tokens, stable: { ...tokens, current } },
    settings: { ...defaultSettings("gh_x"), callbackToken: awkward, claimsPerMinute: 7 },
    confirmedUrl: "https://example.com/hook?a=1",
    exported: { at: 5, seq: 3 },
    sandbox: { clock: { ahead: 60, frozenAt: null }, faults: [] },
  };
};

export const aCoupon = (
  appid: string,
  outCouponId: string,
  position: number,
  changes: Partial<Coupon> = {},
): Coupon => ({
  appid,
  outCouponId,
  position,
  kind: "shop_flat_discount",
  channel: 4,
  document: JSON.stringify({ name: awkward, big: 2 ** 31 - 1 }),
  terms: {
    claimWindow: { start: 1, end: 2 },
    limitPerPerson: 2,
    total: 10,
    validity: { kind: "days", days: 3 },
    discount: {
      scope: "shop",
      products: null,
      threshold: { items: 0, spend: 0 },
      benefit: { kind: "rate", rate: 9000 },
    },
  },
  status: "active",
  paused: false,
  createdAt: 100 + position,
  updatedAt: 200,
  activatedAt: 150,
  ...changes,
});

/** What a merchant says of coupon `c` of app `a`: two of it, for everybody and for ever, that take nothing off. */
export const aContent = (terms: Partial<Terms> = {}): CouponContent => ({
  appid: "a",
  outCouponId: "c",
  kind: "shop_flat_discount",
  channel: 4,
  document: "{}",
  terms: { claimWindow: null, limitPerPerson: null, total: 2, validity: null, discount: null, ...terms },
});

export const aStock = (coupon: Coupon, changes: Partial<Stock> = {}): Stock => ({
  appid: coupon.appid,
  outCouponId: coupon.outCouponId,
  position: coupon.position,
  remaining: 9,
  claimed: 1,
  promised: 0,
  createdAt: 150,
  updatedAt: 160,
  ...changes,
});

export const aUserCoupon = (
  coupon: Coupon,
  openid: string,
  outUserCouponId: string,
  slot: number,
  changes: Partial<UserCoupon> = {},
): UserCoupon => ({
  appid: coupon.appid,
  outCouponId: coupon.outCouponId,
  outUserCouponId,
  openid,
  slot,
  status: "effective",
  createdAt: 300,
  updatedAt: 301,
  receivedAt: 299,
  validity: { start: 299, end: 2 ** 31 - 1 },
  usedAt: null,
  order: null,
  ...changes,
});

/** What every store tells of a coupon that a person has, for a cart to be priced with: some tell more of it. */
export const inWallet = ({
  coupon: { outCouponId, status, terms },
  userCoupon: { outCouponId: of, outUserCouponId, slot, status: held, validity, usedAt, order },
}: WalletCoupon): WalletCoupon => ({
  coupon: { outCouponId, status, terms },
  userCoupon: { outCouponId: of, outUserCouponId, slot, status: held, validity, usedAt, order },
});

/** The claim that was granted with a user coupon. */
export const aClaim = (granted: UserCoupon, requestId: string): Claim => ({
  appid: granted.appid,
  requestId,
  outCouponId: granted.outCouponId,
  outUserCouponId: granted.outUserCouponId,
  openid: granted.openid,
  claimedAt: granted.createdAt,
  validity: granted.validity,
});

/** A hold of a coupon by a person. */
export const aHold = (coupon: Coupon, openid: string, requestId: string, changes: Partial<Hold> = {}): Hold => ({
  appid: coupon.appid,
  requestId,
  outCouponId: coupon.outCouponId,
  openid,
  until: 500,
  takenBy: null,
  open: true,
  ...changes,
});

export const anOrder = (appid: string, outOrderId: string, changes: Partial<Order> = {}): Order => ({
  appid,
  outOrderId,
  openid: "o",
  asked: awkward,
  policy: "exclusive",
  status: "redeemed",
  lines: [{ outProductId: awkward, price: 5, quantity: 2, discount: 3 }],
  coupons: [{ outCouponId: "c", outUserCouponId: awkward, parts: [3] }],
  lockedUntil: null,
  redeemedAt: 7,
  returns: [{ outReturnId: null, lines: [{ line: 0, quantity: 2, amount: 7 }] }],
  ...changes,
});

export const anOperator = (appid: string, name: string, changes: Partial<Operator> = {}): Operator => ({
  appid,
  name,
  role: "manager",
  apps: [awkward],
  password: { salt: "s", digest: "d", memory: 8, passes: 1, parallelism: 1 },
  createdAt: 11,
  signedInAt: null,
  knownFrom: ["203.0.113.7"],
  sessions: [{ digest: "s", createdAt: 12, endsAt: 13 }],
  tokens: [{ name: "deploy", digest: "t", role: "viewer", apps: ["a"], createdAt: 12, endsAt: 13 }],
  link: { digest: "l", endsAt: 14 },
  open: true,
  ...changes,
});

export const aPerson = (appid: string, name: string, changes: Partial<Person> = {}): Person => ({
  appid,
  name,
  openid: `o-${name}`,
  unionid: awkward,
  createdAt: 11,
  open: true,
  ...changes,
});

export const aHandOut = (coupon: Coupon, handOutId: string, changes: Partial<HandOut> = {}): HandOut => ({
  appid: coupon.appid,
  handOutId,
  outCouponId: coupon.outCouponId,
  list: `list of ${handOutId}`,
  total: 3,
  by: "operator li",
  createdAt: 300,
  state: "running",
  dryRun: false,
  next: 2,
  after: 4,
  given: 1,
  refusals: { repeated: 1 },
  updatedAt: 301,
  worker: awkward,
  workerUntil: 305,
  ...changes,
});

export const anAttempt = (appid: string, changes: Partial<CallbackAttempt> = {}): CallbackAttempt => ({
  appid,
  at: 1_000_000_000_000,
  purpose: "claim",
  requestId: awkward,
  openid: awkward,
  outCouponId: "c",
  url: "https://example.com/hook",
  request: "{}",
  message: awkward,
  status: 200,
  reply: null,
  read: null,
  milliseconds: 12,
  verdict: "granted",
  reason: "",
  ...changes,
});

/** A call of a sandbox app. */
export const aCall = (appid: string, changes: Partial<LoggedCall> = {}): LoggedCall => ({
  appid,
  rid: "6553f100-01234567-89abcdef",
  at: 1_000_000_000_000,
  appTime: 1_000_000_000,
  call: "claim",
  milliseconds: 1.5,
  code: 0,
  said: null,
  request: { method: "POST", path: "/shop/coupon/claim", query: "", headers: {}, body: { text: awkward, bytes: 9 } },
  reply: { status: 200, body: null },
  openid: "o",
  outCouponId: "c",
  requestId: "",
  ended: "rules",
  refused: null,
  facts: { token: { expires_in: 7 } },
  fault: null,
  entries: [],
  ...changes,
});

/** The keys that a transaction needs to write records: their own, and that of the coupon they are of. */
export const keysOf = (records: readonly StoredRecord[]): RecordKey[] =>
  records.flatMap(({ record, value }): RecordKey[] => {
    const { appid } = value;
    const coupon: RecordKey[] =
      "outCouponId" in value ? [{ need: "coupon", appid, outCouponId: value.outCouponId }] : [];
    if (record === "coupon" || record === "stock") return coupon;
    const ids = Object.entries(value).filter(([name]) => (recordIds[record] as readonly string[]).includes(name));
    return [...coupon, { need: record, ...Object.fromEntries(ids) } as RecordKey];
  });

/** Writes records as one transaction with one journal entry for each app. */
export async function put(store: Store, ...records: StoredRecord[]): Promise<void> {
  await store.transact(keysOf(records), (copy) => written(copy, records));
}

/** What a transaction leaves behind that writes records: chained, found and counted as if each app's were one command. */
export function written(copy: WorkingCopy, records: readonly StoredRecord[], command = "put", at = 1): Commit {
  const journal = new Journal(copy);
  for (const [appid, own] of Map.groupBy(records, ({ value }) => value.appid))
    journal.add({ appid, at, command, by: "command_line", steps: copy.write(own) });
  return journal.commit;
}
