import type { StoredRecord } from "./records.ts";

/**
 * Why a command can be refused, in order of precedence: where several hold, the first is told.
 * `transient`: the same command may succeed later although nobody mends anything, neither the command nor what it names:
 * time passes, others' claims and orders come to an end, the merchant decides anew. Whether a client should therefore send
 * it again by itself is another question, which the wire's codes answer (`retry` in protocol's codes.ts): only ever for what
 * is transient, and not for all of it.
 */
export const refusals = {
  app_exists: { transient: false, means: "The appid is taken." },
  unknown_app: { transient: false, means: "No such app." },
  not_sandbox: { transient: false, means: "Only a sandbox app can do this." },
  clock_backwards: { transient: false, means: "A clock is set forward only." },
  clock_too_far: { transient: false, means: "A clock cannot be set beyond what the wire can carry." },
  unknown_person: { transient: false, means: "The app has no person of that name." },
  person_openid_taken: { transient: false, means: "Another person of the app has that openid." },
  too_many_persons: { transient: false, means: "The app has as many named persons as one may." },
  too_many_faults: { transient: true, means: "As many faults are ordered of the app as may be at once." },
  unknown_fault: { transient: false, means: "No such fault is ordered of the app, or it is over." },
  settings_incomplete: { transient: false, means: "The settings ask for something that another setting must give." },
  operator_exists: { transient: false, means: "The operator's name is taken." },
  unknown_operator: { transient: false, means: "No such operator." },
  last_owner: { transient: false, means: "The last owner stays one: nobody else could do everything." },
  password_changed: { transient: false, means: "The operator's password was replaced meanwhile." },
  link_ended: { transient: false, means: "The sign-in link was used, or its time is over." },
  beyond_role: { transient: false, means: "An access token may do no more than its operator." },
  token_exists: { transient: false, means: "The operator has an access token of that name." },
  unknown_token: { transient: false, means: "The operator has no access token of that name." },
  too_many_tokens: { transient: false, means: "The operator has as many access tokens as one may." },
  callback_changed: { transient: false, means: "The callback URL was replaced while it proved itself." },
  secret_changed: { transient: false, means: "The secret was replaced while the command waited." },
  quota_exhausted: { transient: true, means: "The app's token fetches of the day are used up." },
  no_callback: { transient: false, means: "The app has no callback URL." },
  app_claims_exceeded: { transient: true, means: "The app made as many claims in this minute as it may." },
  person_claims_exceeded: { transient: true, means: "The person made as many claims in this minute as one may." },
  too_many_waiting: { transient: true, means: "As many claims wait for the app's merchant as may wait at once." },
  request_exists: { transient: false, means: "The request id was used for another person or coupon." },
  unknown_coupon: { transient: false, means: "The app has no such coupon." },
  coupon_exists: { transient: false, means: "The coupon's id is taken by one with other content." },
  import_outdated: { transient: false, means: "What is imported tells of a time before what is here." },
  unknown_user_coupon: { transient: false, means: "The person has no such user coupon." },
  user_coupon_exists: {
    transient: false,
    means: "The user coupon's id is taken: by another person, or with other content.",
  },
  never_activated: { transient: false, means: "The coupon has no stock, because it was never activated." },
  not_editable: { transient: false, means: "Only a draft can be replaced." },
  not_active: { transient: false, means: "Only an active coupon can be given to a person, or its claims paused." },
  paused: { transient: false, means: "Claims of the coupon are paused." },
  forbidden_coupon_transition: { transient: false, means: "The coupon's status does not lead to the one asked for." },
  forbidden_user_coupon_transition: {
    transient: false,
    means: "The user coupon's status does not lead to the one asked for.",
  },
  not_revived: { transient: false, means: "An import changes no user coupon that is used, expired or given up here." },
  not_claimable_yet: { transient: true, means: "The coupon's claim window has not opened." },
  no_longer_claimable: { transient: false, means: "The coupon's claim window, or its fixed validity, is over." },
  sold_out: { transient: true, means: "Nothing is left of the coupon but what is promised, if anything." },
  person_limit: { transient: false, means: "The person was given as many as one person may be." },
  merchant_declined: { transient: true, means: "The merchant said no to the claim." },
  merchant_mismatched: { transient: false, means: "The merchant's reply to the claim cannot be relied on." },
  test_mismatched: {
    transient: false,
    means: "The merchant's reply to the test of the callback is not the one asked for.",
  },
  merchant_timed_out: { transient: true, means: "The merchant did not answer in time." },
  merchant_unreachable: { transient: true, means: "The merchant could not be reached." },
  unknown_order: { transient: false, means: "The app has no such order." },
  order_exists: { transient: false, means: "The order's or the return's id is taken by one with other content." },
  order_returned: { transient: false, means: "The order was returned, or its lock given up." },
  order_not_redeemed: { transient: false, means: "Nothing of an order can come back before it is redeemed." },
  order_moved: { transient: true, means: "The order, or the wallet it chooses from, changed while it was decided." },
  coupon_not_usable: { transient: true, means: "A coupon that the order asks for cannot be used on it, at least now." },
  unknown_hand_out: { transient: false, means: "The app has no such hand-out." },
  hand_out_exists: { transient: false, means: "The hand-out's id is taken by one of another coupon." },
  hand_out_not_there: {
    transient: false,
    means: "The hand-out is in a state that does not lead to the one asked for.",
  },
  hand_out_taken: { transient: true, means: "Somebody else works on the hand-out, or did meanwhile." },
  locked: { transient: true, means: "The user coupon is locked for an order." },
  more_than_left: { transient: false, means: "More items of a line are returned than are left of it." },
  counter_full: { transient: false, means: "The count of those handed out would pass what the wire can carry." },
} as const;

export type RefusalCode = keyof typeof refusals;

/** A refusal and the facts that explain it. It changed nothing. */
export type Refusal = { refused: RefusalCode; facts: Readonly<Record<string, string | number>> };

/** What to write; an empty list where what was asked for already holds. */
export type Accepted<R = undefined> = { writes: readonly StoredRecord[]; result: R };

export type Outcome<R = undefined> = Refusal | Accepted<R>;

export const refuse = (refused: RefusalCode, facts: Refusal["facts"] = {}): Refusal => ({ refused, facts });
export const write = (...writes: StoredRecord[]): Accepted => ({ writes, result: undefined });
export const unchanged: Accepted = { writes: [], result: undefined };

export const isRefusal = (outcome: object): outcome is Refusal => "refused" in outcome;
