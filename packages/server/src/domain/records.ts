import type { AppSettings } from "./access/settings.ts";
import type { Actor } from "./actor.ts";
import type { StackingPolicy, ThresholdBasis } from "./pricing/policies.ts";
import type { Person } from "./sandbox/person.ts";
import type { Sandbox } from "./sandbox/state.ts";

export type { AppSettings, Person };

/** Under this appid, which no app can have, the operators are kept: what is the house's, and no app's. */
export const HOUSE = "";

/** An interval of time with both its ends in it, Unix seconds. */
export type Interval = { start: number; end: number };

/** When a coupon that a person has can be used: a fixed interval, or a length counted from the claim. */
export type Validity =
  | { kind: "fixed"; interval: Interval }
  | { kind: "days"; days: number }
  | { kind: "seconds"; seconds: number };

/** What the rules read from a merchant's document: read once, when the document arrives. */
export type Terms = {
  /** When the coupon can be claimed; null: at any time. */
  claimWindow: Interval | null;
  /** How many one person may be given; null: no limit. */
  limitPerPerson: number | null;
  /** The stock that activation creates. */
  total: number;
  /** null where the document states none. */
  validity: Validity | null;
  /** null where the document does not say all that one of its kind needs. */
  discount: Discount | null;
};

/** What a coupon takes off, and what must be in the cart for it. Money is fen. */
export type Discount = {
  /** The products that count towards the threshold, and that a rate or an amount is taken off; null: all of them. */
  products: readonly string[] | null;
  /** How many items there must be of these products, and for how much; 0: nothing is asked. */
  threshold: { items: number; spend: number };
} & ({ scope: "product"; benefit: Benefit } | { scope: "shop"; benefit: Reduction });

export type Reduction =
  /** `rate` ten-thousandths are paid. */
  { kind: "rate"; rate: number } | { kind: "amountOff"; amountOff: number };

export type Benefit =
  | Reduction
  /** One item of a product can be had for `price`. */
  | { kind: "tradeIn"; outProductId: string; price: number }
  /** For every `threshold.items` bought, `items` of a product are free. */
  | { kind: "buyAndGet"; outProductId: string; items: number };

export type CouponKind =
  | "product_conditional_discount"
  | "product_full_reduction"
  | "product_flat_discount"
  | "product_direct_reduction"
  | "product_trade_in"
  | "product_buy_and_get"
  | "shop_conditional_discount"
  | "shop_full_reduction"
  | "shop_flat_discount"
  | "shop_direct_reduction";

/** `draft` can be edited; `active` can be claimed; `withdrawn` occurs in imported shops only and leads nowhere. */
export type CouponStatus = "withdrawn" | "draft" | "active" | "expired" | "void";

/** A coupon's definition. Times are Unix seconds. */
export type Coupon = {
  appid: string;
  outCouponId: string;
  /** 0, 1, 2, … in the app, in order of creation; fixed when it is added. */
  position: number;
  kind: CouponKind;
  /** Where the coupon is promoted, as the merchant numbers it. */
  channel: number;
  /** The merchant's document as JSON text; kept and served as it came. */
  document: string;
  terms: Terms;
  status: CouponStatus;
  /** Whether claims are paused: ours alone, beside the document. The wire tells it to those only who claim. */
  paused: boolean;
  createdAt: number;
  updatedAt: number;
  /** When it was first activated; null if it never was. */
  activatedAt: number | null;
};

/** What is left of a coupon and what was handed out; exists from its activation on. */
export type Stock = {
  appid: string;
  outCouponId: string;
  /** Its coupon's. */
  position: number;
  /** What is left, holds included. */
  remaining: number;
  claimed: number;
  /** How many of those left are promised to claims that the merchant has not decided yet. */
  promised: number;
  createdAt: number;
  updatedAt: number;
};

export type UserCouponStatus = "effective" | "expired" | "used" | "given_up";

/** A user coupon of an app by its two ids. */
export type UserCouponId = { outCouponId: string; outUserCouponId: string };

/** A coupon that a person has. Times are Unix seconds. */
export type UserCoupon = {
  appid: string;
  outCouponId: string;
  outUserCouponId: string;
  openid: string;
  /** 0, 1, 2, … in the person's wallet, in order of recording. */
  slot: number;
  status: UserCouponStatus;
  createdAt: number;
  updatedAt: number;
  receivedAt: number;
  /** When it can be used; 0 and 0 where the coupon states no validity. An end of 0 is no end. */
  validity: Interval;
  usedAt: number | null;
  /** The order it is locked for, `until` the last second of the lock, or used on, `until` null; null: no order of ours. */
  order: { outOrderId: string; until: number | null } | null;
};

/** A claim that was granted: what answers its request, now and whenever it is repeated. It never changes. */
export type Claim = {
  appid: string;
  /** The claimer's own id of the request, unique in the app. */
  requestId: string;
  outCouponId: string;
  outUserCouponId: string;
  openid: string;
  claimedAt: number;
  validity: Interval;
};

/**
 * One coupon of the stock promised to a claim while the merchant decides it. It is kept while it is open only; an open
 * hold whose coupon was not given yet counts in its stock's `promised`.
 */
export type Hold = {
  appid: string;
  /** The claim's. */
  requestId: string;
  outCouponId: string;
  openid: string;
  /** When its time is over, Unix seconds. */
  until: number;
  /** The user coupon that was recorded on it before the claim was decided; null: none was. */
  takenBy: string | null;
  open: boolean;
};

/** A line of an order: so many items at a price for each, and what coupons took off all of them, fen. */
export type OrderLine = { outProductId: string; price: number; quantity: number; discount: number };

/** A coupon on an order, and what it took off each line, fen. */
export type OrderCoupon = UserCouponId & { parts: readonly number[] };

/** Items of an order that came back: their lines by place in the order, what was paid back for each, fen. */
export type OrderReturn = {
  /** The merchant's own id of this return; null: the one that brought back all that was left. */
  outReturnId: string | null;
  lines: readonly { line: number; quantity: number; amount: number }[];
};

/** What coupons took off an order of the shop, decided once. */
export type Order = {
  appid: string;
  /** The merchant's own id, unique in the app. */
  outOrderId: string;
  openid: string;
  /** What was asked for, in one spelling: the same again has the same answer. */
  asked: string;
  /** Which coupons may go together on it. */
  policy: StackingPolicy;
  /** What its shop coupons' thresholds are judged by; orders from before this could be set have none: `list`. */
  basis?: ThresholdBasis;
  status: "locked" | "redeemed" | "returned";
  lines: readonly OrderLine[];
  coupons: readonly OrderCoupon[];
  /** The last second of its lock; null: it was redeemed without one. */
  lockedUntil: number | null;
  redeemedAt: number | null;
  returns: readonly OrderReturn[];
};

/**
 * `checking`: a dry run is under way; `checked`: it is over and nothing was given; `running`: coupons are given; `done`;
 * `cancelled`: it ended where it was.
 */
export type HandOutState = "checking" | "checked" | "running" | "done" | "cancelled";

/** A job that gives one of a coupon to each person of a list. Its lines are kept beside the records: {@link HandOutLine}. */
export type HandOut = {
  appid: string;
  /** The id that its maker gave it, unique in the app. */
  handOutId: string;
  outCouponId: string;
  /** What names its lines. */
  list: string;
  /** How many lines there are. */
  total: number;
  /** Who made it. */
  by: Actor;
  createdAt: number;
  state: HandOutState;
  /** Whether what is counted is of a dry run. */
  dryRun: boolean;
  /** How many lines are decided, and the last of them; 0: none is. */
  next: number;
  after: number;
  /** How many were given one, and how many lines came to nothing, by why. */
  given: number;
  refusals: Readonly<Record<string, number>>;
  updatedAt: number;
  /** The process that works on it, and the last second of real time for which it said so; null and 0: none does. */
  worker: string | null;
  workerUntil: number;
};

/** A token as it is kept: never its text. */
export type IssuedToken = {
  /** What the token was derived from, together with the app's secret. */
  nonce: string;
  /** SHA-256 of the token's text, base64url. */
  digest: string;
  /** When its life of 7200 s ends. */
  expiresAt: number;
  /** Until when it is honoured: `expiresAt`, or earlier once it is superseded. */
  honouredUntil: number;
};

/** What is known of one kind of token of an app. */
export type TokenState = {
  current: IssuedToken | null;
  previous: IssuedToken | null;
  /** When a renewal was last forced; 0: never. */
  forcedAt: number;
  /** The day the fetches are counted for, in days since 1970 of UTC+8. */
  quotaDay: number;
  fetches: number;
};

export type TokenKind = "regular" | "stable";

/** A tenant of the server. */
export type App = {
  appid: string;
  createdAt: number;
  /** Salted SHA-256 of the app's secret, base64url. */
  secret: { salt: string; digest: string };
  /** Token fetches a day, for each kind of token. */
  tokenQuota: number;
  tokens: Record<TokenKind, TokenState>;
  settings: AppSettings;
  /** The callback URL that last proved itself; null: none did. */
  confirmedUrl: string | null;
  /** When it was last exported, Unix seconds, and the last journal entry that the export holds all of; null: it never was. */
  exported: { at: number; seq: number } | null;
  /** null: a production app. What it is, is decided when it is made. */
  sandbox: Sandbox | null;
};

export type OperatorRole = "viewer" | "manager" | "owner";

/** A password as it is kept: argon2id of it, base64url, and what it was made with (RFC 9106; `memory` is KiB). */
export type PasswordHash = { salt: string; digest: string; memory: number; passes: number; parallelism: number };

/** A session of an operator, by the SHA-256 of its text, base64url. */
export type OperatorSession = { digest: string; createdAt: number; endsAt: number };

/** An access token of an operator, by the SHA-256 of its text, base64url: what it may do at most, and until when. */
export type OperatorToken = {
  name: string;
  digest: string;
  role: OperatorRole;
  apps: readonly string[];
  createdAt: number;
  endsAt: number;
};

/** Somebody who may make operators' calls. */
export type Operator = {
  /** {@link HOUSE}. */
  appid: string;
  name: string;
  role: OperatorRole;
  /** The apps that they may read or steer; an owner has all. */
  apps: readonly string[];
  /** null: they sign in by a link only. */
  password: PasswordHash | null;
  createdAt: number;
  signedInAt: number | null;
  /** From which addresses they signed in with their password, the last first: others' guesses do not hinder them there. */
  knownFrom: readonly string[];
  sessions: readonly OperatorSession[];
  tokens: readonly OperatorToken[];
  /** A link that signs in once, by the SHA-256 of its code. */
  link: { digest: string; endsAt: number } | null;
  /** Whether they are still one: an operator who was removed is kept no longer. */
  open: boolean;
};

/** The kinds of records that are stored. */
export type RecordOf = {
  app: App;
  coupon: Coupon;
  stock: Stock;
  userCoupon: UserCoupon;
  claim: Claim;
  hold: Hold;
  order: Order;
  operator: Operator;
  handOut: HandOut;
  person: Person;
};
export type RecordKind = keyof RecordOf;

/** A stored thing, tagged with what it is. */
export type StoredRecord = { [K in RecordKind]: { record: K; value: RecordOf[K] } }[RecordKind];

/** Whether a store keeps a record no longer: a hold that was closed, an operator or a person who was removed. */
export const isGone = ({ record, value }: StoredRecord): boolean =>
  (record === "hold" || record === "operator" || record === "person") && !value.open;

/** What names a record of each kind, in this order: by it rules ask for it, and a store finds it. */
export const recordIds = {
  app: ["appid"],
  coupon: ["appid", "outCouponId"],
  stock: ["appid", "outCouponId"],
  userCoupon: ["appid", "outCouponId", "outUserCouponId"],
  claim: ["appid", "requestId"],
  hold: ["appid", "requestId"],
  order: ["appid", "outOrderId"],
  operator: ["appid", "name"],
  handOut: ["appid", "handOutId"],
  person: ["appid", "name"],
} as const satisfies { [K in RecordKind]: readonly (keyof RecordOf[K])[] };

export const recordKinds = Object.keys(recordIds) as RecordKind[];

/** What names each thing that a rule may need to know: a record, or what is told of several. */
export const idNames = {
  ...recordIds,
  /** How many coupons the app has. */
  catalogueSize: ["appid"],
  /** The person's open holds on one coupon, oldest first; comes with a key of that coupon. */
  holdsOf: ["appid", "outCouponId", "openid"],
  /** All operators. */
  operators: ["appid"],
  /** All people of a sandbox app who have a name. */
  persons: ["appid"],
  /** How many user coupons the person has, of all coupons. */
  walletSize: ["appid", "openid"],
  /** How many of one coupon the person was given; comes with a key of that coupon. */
  given: ["appid", "outCouponId", "openid"],
} as const;

type IdNames = typeof idNames;

/** What more a key may say: of a user coupon that its id was just made, so that there can be none. */
type Known<N> = N extends "userCoupon" ? { isNew?: boolean } : unknown;

/** What a command needs to know before it can be decided. A coupon comes with its stock. */
export type RecordKey = {
  [N in Exclude<keyof IdNames, "stock">]: { need: N } & { [I in IdNames[N][number]]: string } & Known<N>;
}[Exclude<keyof IdNames, "stock">];

/** Whether any rule asks how many of a coupon somebody was given: not past its draft where it has no limit per person. */
export const asksForGiven = ({ status, terms }: Coupon): boolean => status === "draft" || terms.limitPerPerson !== null;

/** The ids of one thing: its app's, and none, one or two more. */
export type Ids = [appid: string, second?: string, third?: string];

/** Without a loop: each record that is loaded or written comes through here. */
function idsIn([first, second, third]: readonly [string, string?, string?], named: object): Ids {
  const of = named as Record<string, string>;
  if (second === undefined) return [of[first] as string];
  if (third === undefined) return [of[first] as string, of[second] as string];
  return [of[first] as string, of[second] as string, of[third] as string];
}

/** The ids that a key names. */
export const idsOf = (key: RecordKey): Ids => idsIn(idNames[key.need], key);

/** The ids that name a record. */
export const idsOfRecord = ({ record, value }: StoredRecord): Ids => idsIn(recordIds[record], value);
