import type { Tally } from "./run.ts";

/** Of each call the codes, and of what else happens what it comes to. */
type Outcomes = { [call: string]: (number | string)[] };

/** What random sequences must reach, or they prove less than they seem to: hundreds of them, and a few thousand. */
const usual: Outcomes = {
  confirm: [0, 1090056],
  add: [0, 47001, 990007, 1090033],
  get: [0, 47001],
  get_list: [0, 47001, 990005],
  update: [0, 47001, 1090058],
  update_status: [0, 47001, 1090057, 1090058],
  update_coupon_stock: [0, 47001],
  add_user_coupon: [0, 47001, 1090029, 1090030, 1090033, 1090057, 1090058],
  get_usercoupon_list: [0, 47001, 990005],
  update_user_coupon: [0, 47001, 1090057],
  claim: [0, 47001, 1090029, 1090030, 1090033, 1090057, 1090058],
  update_usercoupon_status: [0, 47001, 1090057, 1090058],
  quote: [0, 47001],
  lock: [0, 47001, 1090033, 1090057, 1090058],
  redeem: [0, 47001, 990007, 1090033, 1090057, 1090058],
  return: [0, 47001, 990007, 1090033, 1090057, 1090058],
  "asked claim": [0, 1090032, 1090033, 1090060],
  says: ["granted", "declined", "mismatched", "timed_out", "unreachable"],
  expire: ["something"],
  give: [0, "sold_out", "person_limit", "request_exists", "unknown_coupon", "not_active"],
  takeBack: [0, "forbidden_user_coupon_transition", "unknown_user_coupon"],
  listWallet: [0],
  showUserCoupon: [0],
  findUserCoupons: [0],
  showOrder: [0, "unknown_order"],
  "order:": [
    "a coupon is another's by now",
    "a lock given up",
    "all came back in parts",
    "given back",
    "given back expired",
    "locked again",
    "locked again after its end",
    "locked past an end",
    "locked with 0 coupons",
    "locked with 2 coupons",
    "raced",
    "redeemed after its lock",
    "redeemed again",
    "redeemed as it was locked",
    "redeemed with 0 coupons",
    "redeemed with 2 coupons",
    "returned again",
  ],
  "order: quoted as": [
    "adds_nothing",
    "already_used",
    "below_threshold",
    "given_up",
    "gives_nothing",
    "locked",
    "no_longer_valid",
    "no_matching_product",
    "not_combinable",
  ],
  "order: refused as": ["below_threshold", "locked", "no_longer_valid", "no_matching_product", "not with the others"],
  promise: [
    "crash while it waits",
    "given back: declined",
    "given back: mismatched",
    "given back: over",
    "granted on its promise",
    "recorded on a promise",
    "repeated after silence",
    "repeated while it waits",
    "silent",
    "what was recorded is the answer",
  ],
};
const rare: Outcomes = {
  give: ["no_longer_claimable"],
  takeBack: ["locked"],
  add: [990008, 990009, 1090011, 1090049],
  get: [990007, 990008, 1090057],
  get_list: [990007],
  update: [990007, 990008, 1090057],
  update_status: [990007, 990008],
  update_coupon_stock: [990007, 1090005, 1090057],
  add_user_coupon: [44002, 990001, 990004, 990007, 990008],
  get_usercoupon_list: [990001, 990004, 990007],
  update_user_coupon: [990001, 990004, 990007],
  update_usercoupon_status: [990001, 990004, 990007],
  quote: [990001, 990007],
  lock: [990001, 990007],
  redeem: [990001, 990008],
  "order:": ["redeemed as it was locked, though over"],
  "order: quoted as": ["not_in_force", "not_valid_yet"],
  "order: refused as": ["already_used", "given_up", "gives_nothing", "not_in_force", "not_valid_yet"],
  "asked claim": [1090029, 1090030, 1090031, 1090057, 1090058],
  promise: [
    "asked again",
    "closed, though recorded: a grant is refused",
    "closed, though recorded: declined",
    "closed, though recorded: mismatched",
    "given back: a grant is refused",
    "granted beside what was recorded",
    "granted on another request's promise",
    "granted what is nobody's, and something else was recorded on it",
    "granted what was recorded before",
    "promised by the merchant's app, decided by ours",
    "promises change places",
  ],
};

/** The outcomes that so many sequences should have reached and did not. */
export function missed(tally: Tally, runs: number): string[] {
  const wanted = [...(runs >= 500 ? named(usual) : []), ...(runs >= 2_000 ? named(rare) : [])];
  return wanted.filter((outcome) => !tally.has(outcome));
}

const named = (outcomes: Outcomes) =>
  Object.entries(outcomes).flatMap(([call, codes]) => codes.map((code) => `${call} ${code}`));
