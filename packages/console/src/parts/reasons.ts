import { hasWord, type Say, table } from "../words/table.ts";

/** Why a person is given no coupon, in words: what the rules refuse, and what a hand-out passes over. */
export const reasons = table("reasons", {
  repeated: { zh: "名单里前面已有这个 openid", en: "The openid stands on an earlier line" },
  cancelled: { zh: "轮到之前发放已取消", en: "The hand-out was cancelled before" },
  person_limit: { zh: "已领到单人上限", en: "Has as many as a person may have" },
  sold_out: { zh: "库存已发完", en: "Nothing is left in stock" },
  not_active: { zh: "券不在生效中", en: "The coupon is not active" },
  paused: { zh: "券已暂停领取", en: "Claims of the coupon are paused" },
  not_claimable_yet: { zh: "领取时间还没到", en: "The claim window has not begun" },
  no_longer_claimable: {
    zh: "领取时间或固定有效期已结束",
    en: "The claim window, or the fixed validity, is over",
  },
  unknown_coupon: { zh: "没有这张券", en: "There is no such coupon" },
  never_activated: { zh: "券从未激活，没有库存", en: "The coupon was never activated and has no stock" },
  user_coupon_exists: { zh: "用户券编号已被占用", en: "The user coupon's id is taken" },
  request_exists: { zh: "请求编号已用于别的发放", en: "The request id was used for another gift" },
  counter_full: { zh: "已领数量已到接口所能表示的上限", en: "No larger number can be counted" },
  unknown_app: { zh: "没有这个应用", en: "There is no such app" },
});

type Reason = keyof (typeof reasons)["words"];

/** A reason in words; one that has none here by its code. */
export const reasonText = (say: Say<Reason>, code: string): string => (hasWord(reasons, code) ? say(code) : code);
