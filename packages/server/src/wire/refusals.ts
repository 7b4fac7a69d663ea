import type { Errcode, WireError } from "@quanku/protocol/codes";
import { type SettingName, spoken } from "../domain/access/settings.ts";
import type { Refusal, RefusalCode } from "../domain/outcome.ts";
import type { DeclineReason } from "../service/merchant.ts";
import { wireCouponStatus } from "./coupon.ts";
import { wireUserCouponStatus } from "./user-coupon.ts";

type Facts = Refusal["facts"];

const couponStatus = (status: unknown) => wireCouponStatus[status as keyof typeof wireCouponStatus];
const userCouponStatus = (status: unknown) => wireUserCouponStatus[status as keyof typeof wireUserCouponStatus];

/** A fact's name in the wire's spelling. */
const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** A second, as a number and as people read it. */
const timeOf = (second: unknown) => `${second} (${new Date(Number(second) * 1000).toISOString()})`;

/** Why a merchant says no to a claim, as the merchant says it and as the claimer is told it (protocol.md section 6). */
export const declineCodes: Record<DeclineReason, Errcode> = {
  sold_out: 1090029,
  person_limit: 1090030,
  slow_down: 1090031,
  unknown_coupon: 1090057,
  wrong_status: 1090058,
  system: 1090032,
  other: 1090033,
};

/** What the wire says of each refusal: its code, and a text that names the fact and the fix. */
const told: Record<RefusalCode, (facts: Facts) => WireError> = {
  app_exists: ({ appid }) => ({ errcode: 40013, detail: `app ${appid} exists` }),
  unknown_app: () => ({ errcode: 40013 }),
  not_sandbox: ({ appid }) => ({
    errcode: 48001,
    detail: `app ${appid} is no sandbox: make one with quanku app create --sandbox; an app that exists cannot become one`,
  }),
  clock_backwards: ({ to, now }) => ({
    errcode: 1090033,
    detail: `the clock is at ${timeOf(now)} and only goes forward: ${timeOf(to)} is before that; a reset brings it back and empties the app`,
  }),
  clock_too_far: ({ limit }) => ({ errcode: 1090033, detail: `a clock can be set to ${timeOf(limit)} at the latest` }),
  unknown_person: ({ name }) => ({
    errcode: 1090057,
    detail: `there is no person ${name} in this app: make one, or give an openid`,
  }),
  person_openid_taken: ({ openid, name }) => ({
    errcode: 1090033,
    detail: `openid ${openid} is ${name}'s: take another, or remove that person first`,
  }),
  too_many_persons: ({ limit }) => ({
    errcode: 1090058,
    detail: `${limit} named persons are the most of an app: remove one first; a code needs no person to log in`,
  }),
  too_many_faults: ({ limit }) => ({
    errcode: 1090033,
    detail: `${limit} faults are ordered already: end one, or wait until one is over`,
  }),
  unknown_fault: ({ fault }) => ({
    errcode: 1090057,
    detail: `no fault ${fault} is ordered: it is over, or never was; see quanku fault list`,
  }),
  settings_incomplete: ({ missing, needed, value }) => ({
    errcode: 1090033,
    detail: `${spoken(missing as SettingName)} must be set, because ${spoken(needed as SettingName)} is ${value}`,
  }),
  operator_exists: ({ name }) => ({ errcode: 1090033, detail: `operator ${name} exists` }),
  unknown_operator: ({ name }) => ({ errcode: 1090057, detail: `there is no operator ${name}` }),
  last_owner: ({ name }) => ({
    errcode: 1090058,
    detail: `${name} is the last owner: make somebody else an owner first`,
  }),
  password_changed: () => ({ errcode: 1090033, detail: "the password was replaced meanwhile" }),
  link_ended: () => ({ errcode: 1090058, detail: "the link was used or is over: make another" }),
  beyond_role: ({ role }) => ({ errcode: 1090033, detail: `a token may do no more than the role ${role}` }),
  token_exists: ({ name }) => ({
    errcode: 1090033,
    detail: `you have a token ${name}: revoke it, or take another name`,
  }),
  unknown_token: ({ name }) => ({ errcode: 1090057, detail: `you have no token ${name}` }),
  too_many_tokens: ({ limit }) => ({ errcode: 1090058, detail: `${limit} tokens are the most: revoke one first` }),
  callback_changed: () => ({ errcode: 1090033, detail: "the callback URL was replaced meanwhile; confirm again" }),
  secret_changed: () => ({ errcode: 40125 }),
  quota_exhausted: ({ quota }) => ({
    errcode: 45009,
    detail: `${quota} token fetches a day; keep a token for its 7200 seconds`,
  }),
  request_exists: () => ({ errcode: 1090033, detail: "request_id was used for another openid or out_coupon_id" }),
  unknown_coupon: ({ id }) => ({ errcode: 1090057, detail: `out_coupon_id ${id} is not in this app` }),
  coupon_exists: () => ({ errcode: 1090033, detail: "out_coupon_id exists" }),
  import_outdated: ({ id, ours, theirs }) => ({
    errcode: 1090033,
    detail: `${id} has changed here after what the line tells of: update_time is ${timeOf(theirs)}, here ${timeOf(ours)}; export it again where it lives, or leave the line out`,
  }),
  unknown_user_coupon: ({ id }) => ({
    errcode: 1090057,
    detail: `this openid has no user coupon out_user_coupon_id ${id} of this out_coupon_id`,
  }),
  user_coupon_exists: () => ({ errcode: 1090033, detail: "out_user_coupon_id exists" }),
  never_activated: () => ({ errcode: 1090005, detail: "activate the coupon first: update_status to 2" }),
  not_editable: ({ status }) => ({
    errcode: 1090058,
    detail: `status is ${couponStatus(status)}; only a coupon of status 1 can be updated`,
  }),
  not_active: ({ status, wanted = "given" }) => ({
    errcode: 1090058,
    detail: `status is ${couponStatus(status)}; only a coupon of status 2 can be ${wanted}`,
  }),
  paused: () => ({ errcode: 1090058, detail: "claims of this coupon are paused until the shop resumes them" }),
  forbidden_coupon_transition: ({ status, to }) => ({
    errcode: 1090058,
    detail: `status is ${couponStatus(status)} and cannot become ${couponStatus(to)}; allowed are 1 to 2, 2 to 3 and 2 to 4`,
  }),
  forbidden_user_coupon_transition: ({ status, to }) => ({
    errcode: 1090058,
    detail: `status is ${userCouponStatus(status)} and cannot become ${userCouponStatus(to)}; allowed are 100 to 101, 102 or 103, and 102 to 100`,
  }),
  not_revived: ({ id, status, to }) => ({
    errcode: 1090058,
    detail: `out_user_coupon_id ${id} has status ${userCouponStatus(status)} here and ${userCouponStatus(to)} in the line; an import makes none usable again: call update_usercoupon_status, or leave the line out`,
  }),
  not_claimable_yet: ({ opens }) => ({ errcode: 1090058, detail: `it can be claimed from ${timeOf(opens)} on` }),
  no_longer_claimable: ({ ended }) => ({ errcode: 1090058, detail: `it could be claimed until ${timeOf(ended)}` }),
  sold_out: () => ({ errcode: 1090029 }),
  person_limit: ({ limit, promised }) => ({
    errcode: 1090030,
    detail: `limit_num_one_person is ${limit}${promised ? `, and ${promised} of it wait for the callback to decide` : ""}`,
  }),
  no_callback: () => ({
    errcode: 1090056,
    detail: "this app has no callback URL; set one with quanku app set <appid> --callback-url",
  }),
  app_claims_exceeded: ({ limit, seconds }) => ({
    errcode: 45011,
    detail: `${limit} claims a minute; the next in ${seconds} s`,
  }),
  person_claims_exceeded: ({ limit, seconds }) => ({
    errcode: 1090031,
    detail: `${limit} claims a minute of one openid; the next in ${seconds} s`,
  }),
  too_many_waiting: ({ limit }) => ({ errcode: 300000, detail: `${limit} claims wait for the callback; retry` }),
  merchant_declined: ({ because, message }) => ({
    errcode: declineCodes[because as DeclineReason],
    detail: `the callback declined${message ? `: ${message}` : ""}`,
  }),
  merchant_mismatched: ({ problem }) => ({
    errcode: 1090033,
    detail: `the callback's reply does not match: ${problem}`,
  }),
  test_mismatched: ({ problem }) => ({ errcode: 1090020, detail: String(problem) }),
  merchant_timed_out: ({ problem }) => ({ errcode: 1090060, detail: String(problem) }),
  merchant_unreachable: ({ problem }) => ({ errcode: 1090032, detail: String(problem) }),
  unknown_order: ({ id }) => ({ errcode: 1090057, detail: `out_order_id ${id} is not in this app` }),
  order_exists: ({ id }) => ({ errcode: 1090033, detail: `${id} exists with other content` }),
  order_returned: ({ id }) => ({ errcode: 1090058, detail: `out_order_id ${id} was returned; take a new id` }),
  order_not_redeemed: ({ id }) => ({
    errcode: 1090058,
    detail: `out_order_id ${id} is only locked: redeem it first, or return all of it to give up the lock`,
  }),
  order_moved: () => ({ errcode: 990010, detail: "the order changed meanwhile" }),
  coupon_not_usable: ({ id, code, ...facts }) => ({
    errcode: 1090058,
    detail: `out_user_coupon_id ${id} cannot be used: ${[code, ...Object.entries(facts).map(([name, value]) => `${snake(name)} ${value}`)].join(", ")}`,
  }),
  unknown_hand_out: ({ id }) => ({ errcode: 1090057, detail: `hand-out ${id} is not in this app` }),
  hand_out_exists: ({ id }) => ({
    errcode: 1090033,
    detail: `hand-out ${id} exists with another coupon; take a new id`,
  }),
  hand_out_not_there: ({ id, state, to }) => ({
    errcode: 1090058,
    detail: `hand-out ${id} is ${state} and cannot become ${to}; only a checked one can be started, and none that is done be cancelled`,
  }),
  hand_out_taken: ({ id }) => ({ errcode: 990010, detail: `hand-out ${id} is worked on elsewhere` }),
  locked: ({ order, until }) => ({
    errcode: 1090058,
    detail: `locked for out_order_id ${order} until ${timeOf(until)}; redeem or return that order`,
  }),
  more_than_left: ({ line, left }) => ({
    errcode: 1090033,
    detail: `${left} items are left to return of line ${line}`,
  }),
  counter_full: ({ limit }) => ({ errcode: 1090033, detail: `receive_num cannot pass ${limit}` }),
};

/** A refusal in the wire's words, and what the words are of. */
export type ToldRefusal = WireError & { refusal: Refusal };

/** A refusal in the wire's words. */
export const tellRefusal = (refusal: Refusal): ToldRefusal => ({
  ...told[refusal.refused](refusal.facts),
  refusal,
});
