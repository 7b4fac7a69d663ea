import { table } from "../../words/table.ts";

/** What can be done with a coupon, why it cannot, and what follows from it. */
export const actionWords = table("couponActions", {
  activate: { zh: "激活", en: "Activate" },
  edit: { zh: "修改", en: "Edit" },
  pause: { zh: "暂停领取", en: "Pause claims" },
  resume: { zh: "恢复领取", en: "Resume claims" },
  restock: { zh: "调整库存", en: "Set stock" },
  handOut: { zh: "发放", en: "Hand out" },
  prolong: { zh: "延长", en: "Prolong" },
  copy: { zh: "复制为新券", en: "Copy as new" },
  expire: { zh: "过期", en: "Expire" },
  void: { zh: "作废", en: "Void" },

  whyActivated: { zh: "已经激活了", en: "It is active already" },
  whyFixed: {
    zh: "激活后内容不能再改；请复制为新券再改",
    en: "Once activated it cannot be edited; copy it as new and change that",
  },
  whyDraft: { zh: "还是草稿，请先激活", en: "It is still a draft; activate it first" },
  whyPaused: { zh: "领取已暂停", en: "Claims are paused" },
  whyNotPaused: { zh: "领取没有暂停", en: "Claims are not paused" },
  whyOver: { zh: "它已不再生效，状态不能再改变", en: "It is no longer active, and that is for good" },
  whyProlong: {
    zh: "激活时领取时间和有效期就定了，不能延长；请复制为新券，填新的时间",
    en: "Activation fixed its claim window and validity; copy it as new with later times",
  },
  whyProlongDraft: { zh: "还是草稿，直接修改它的时间即可", en: "It is still a draft: edit its times" },

  activateTitle: { zh: "激活「{{name}}」", en: "Activate {{name}}" },
  activateDoes: { zh: "激活，投放 {{number}} 张", en: "Activate with {{number}} in stock" },
  fixes: { zh: "激活后就不能再改的：", en: "What activation fixes for good:" },
  fixesWhat: {
    zh: "名称、优惠内容、领取时间、有效期、每人限领",
    en: "Its name, what it gives, its claim window, validity and limit per person",
  },
  stays: { zh: "之后仍可以：", en: "What you can still do:" },
  staysWhat: {
    zh: "调整库存、暂停和恢复领取、过期、作废",
    en: "Set its stock, pause and resume claims, expire it, void it",
  },
  activateNow: { zh: "激活后用户立即可以领取。", en: "People can claim it at once." },
  activateNotYet: {
    zh: "领取时间还没开始，到时用户才能领取。",
    en: "Its claim window has not begun; people can claim it then.",
  },
  activateOver: {
    zh: "它的时间已经过了：激活后没有人能领取。请先修改时间。",
    en: "Its times are over: once activated nobody could claim it. Edit them first.",
  },

  expireTitle: { zh: "让「{{name}}」过期", en: "Expire {{name}}" },
  expireDoes: { zh: "过期，剩下的 {{left}} 张不再发出", en: "Expire: the {{left}} left are not given out" },
  expireHeld: {
    zh: "{{about}}{{held}} 张在用户手中，仍可在有效期内使用。",
    en: "People hold {{about}}{{held}}: they can use those while they are valid.",
  },
  voidTitle: { zh: "作废「{{name}}」", en: "Void {{name}}" },
  voidDoes: {
    zh: "作废，{{about}}{{held}} 张手中的券立即失效",
    en: "Void: {{about}}{{held}} held coupons end at once",
  },
  voidDoesNone: { zh: "作废，没有用户持有它", en: "Void: nobody holds one" },
  voidHeld: {
    zh: "{{about}}{{held}} 张在用户手中，还没有使用：作废后立即不能用了。",
    en: "People hold {{about}}{{held}} that they have not used: those cannot be used any more.",
  },
  voidLeft: { zh: "剩下的 {{left}} 张不再发出。", en: "The {{left}} left are not given out." },
  voidUsed: { zh: "已核销的 {{used}} 张不受影响。", en: "The {{used}} that were redeemed stay as they are." },
  forGood: { zh: "不能撤销。", en: "This cannot be undone." },
  gentler: { zh: "只想先停一停？可以改为暂停领取。", en: "Only want to stop for now? Pause its claims instead." },
  about: { zh: "约 ", en: "about " },
  inexact: {
    zh: "领取数与报表不同（导入过，或被改过库存），所以是约数。",
    en: "Its stock counts other claims than the reports (it was imported, or set), so this is not exact.",
  },

  restockTitle: { zh: "调整「{{name}}」的库存", en: "Set the stock of {{name}}" },
  restockField: { zh: "改成还剩几张", en: "How many shall be left" },
  restockNow: {
    zh: "现在还剩 {{left}} 张，已领 {{claimed}} 张。",
    en: "{{left}} are left now, {{claimed}} were claimed.",
  },
  restockAdd: { zh: "加 {{number}}", en: "Add {{number}}" },
  restockPromised: {
    zh: "其中 {{number}} 张已许给等商家答复的领取。",
    en: "{{number}} of them are promised to claims that the merchant still decides.",
  },
  restockDoes: { zh: "改成剩 {{number}} 张", en: "Set to {{number}} left" },
});
