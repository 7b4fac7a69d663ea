import type { Fault } from "./documents.ts";
import type { ShopModel } from "./model.ts";
import type { Members } from "./reading.ts";

/** What random calls are drawn with. */

/** One call as an app makes it, or a happening; `body` is the text that goes over the wire. */
export type Call = { app: number; call: string; body: string };

/** What the materials of one sequence are: small pools, so that calls meet. */
export type Pools = {
  /** Of each app whether it is a sandbox, and where its clock is when everything begins. */
  apps: readonly Place[];
  /** The apps whose merchants decide claims from the beginning, and so many of what they offer. */
  merchants: readonly number[];
  offered: number;
  /** Whether it is mostly about orders, of people who have coupons from the beginning. */
  shopping: boolean;
  coupons: string[];
  userCoupons: string[];
  openids: string[];
  documents: Members[];
};

/** A clock that can be moved is `ahead` of everybody's, or stands there. */
export type Place = { sandbox: false } | { sandbox: true; ahead: number; frozen: boolean };

/** The dice of one call; every kind of call uses those it needs. */
export type Dice = { [die in (typeof diceNames)[number]]: number };
export const diceNames = ["kind", "app", "coupon", "person", "held", "aim", "one", "two", "spoilt"] as const;

/** What a call is about. */
export type Target = { app: number; coupon: string; held: string; openid: string; order: string };

export type Aims =
  | "coupon"
  | "active coupon"
  | "claimable coupon"
  | "user coupon"
  | "promise"
  | "usable coupon"
  | "coupon of an order"
  | "order"
  | "locked order"
  | "paid order";

export type Kind = {
  times: number;
  call: string;
  /** What it is mostly about, if there is any: without aim, random calls would seldom find what they need. */
  aims?: Aims;
  faults: readonly Fault[];
  body(target: Target, dice: Dice, pools: Pools, shop: ShopModel): Members;
  /** How many seconds pass before it, where it aims at a moment too. */
  wait?(target: Target, dice: Dice, shop: ShopModel, now: number): number;
};

export const pick = <T>(from: readonly T[], by: number): T => from[by % from.length] as T;
