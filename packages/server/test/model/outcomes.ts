import type { Tally } from "./run.ts";

/** What random sequences must reach, or they prove less than they seem to: a hundred of them, and a few thousand. */
const usual: { [call: string]: number[] } = {
  confirm: [1090056],
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
};
const rare: { [call: string]: number[] } = {
  add: [990008, 990009, 1090011, 1090049],
  get: [990007, 990008, 1090057],
  get_list: [990007],
  update: [990007, 990008, 1090049, 1090057],
  update_status: [990007, 990008],
  update_coupon_stock: [990007, 1090005, 1090057],
  add_user_coupon: [44002, 990001, 990004, 990007, 990008],
  get_usercoupon_list: [990001, 990004, 990007],
  update_user_coupon: [990001, 990004, 990007],
  update_usercoupon_status: [990001, 990004, 990007],
};

/** The outcomes that so many sequences should have reached and did not. */
export function missed(tally: Tally, runs: number): string[] {
  const wanted = [...(runs >= 100 ? named(usual) : []), ...(runs >= 2_000 ? named(rare) : [])];
  return wanted.filter((outcome) => !tally.has(outcome));
}

const named = (outcomes: { [call: string]: number[] }) =>
  Object.entries(outcomes).flatMap(([call, codes]) => codes.map((code) => `${call} ${code}`));
