import { table } from "../../words/table.ts";

/** The settings of an app: the name of each, the sentence of each, and what its choices are called. */
export const settingWords = table("appSettings", {
  claim_mode: { zh: "领取由谁决定", en: "Who decides claims" },
  claim_mode_means: {
    zh: "有人领取时，按券库的规则直接发，还是先问商家的回调。",
    en: "Whether a claim is given by Quanku's own rules, or the merchant's callback is asked first.",
  },
  claim_mode_is_direct: { zh: "券库的规则", en: "Our rules" },
  claim_mode_is_callback: { zh: "商家的回调", en: "The callback" },
  callback_url: { zh: "回调地址", en: "Callback URL" },
  callback_url_means: {
    zh: "去哪里问商家。改了之后，领取仍去问旧地址，直到新地址通过 confirm。",
    en: "Where the merchant is asked. After a change claims go to the old one until the new one is confirmed.",
  },
  callback_token: { zh: "Token", en: "Token" },
  callback_token_means: {
    zh: "给推送签名：3–32 个字母和数字，与商家程序里的相同。",
    en: "Signs what is pushed: 3–32 letters and digits, the same as in the merchant's program.",
  },
  encoding_aes_key: { zh: "EncodingAESKey", en: "EncodingAESKey" },
  encoding_aes_key_means: {
    zh: "给推送加密：43 个字符，与商家程序里的相同；明文模式不需要。",
    en: "Encrypts what is pushed: 43 characters, the same as in the merchant's program; the plain mode needs none.",
  },
  message_format: { zh: "消息格式", en: "Message format" },
  message_format_means: { zh: "推送写成 JSON 还是 XML。", en: "Whether a push is written in JSON or XML." },
  message_format_is_json: { zh: "JSON", en: "JSON" },
  message_format_is_xml: { zh: "XML", en: "XML" },
  message_mode: { zh: "消息模式", en: "Message mode" },
  message_mode_means: {
    zh: "推送是否加密：明文、兼容（明文与密文都带上）、安全（只有密文）。",
    en: "Whether a push is encrypted: plain, compatible (both texts), or secure (the encrypted one alone).",
  },
  message_mode_is_plain: { zh: "明文", en: "Plain" },
  message_mode_is_compatible: { zh: "兼容", en: "Compatible" },
  message_mode_is_secure: { zh: "安全", en: "Secure" },
  original_id: { zh: "原始 ID", en: "Original id" },
  original_id_means: {
    zh: "小程序的 gh_… 编号，推送里的 ToUserName。",
    en: "The app's gh_… id, which is ToUserName of a push.",
  },
  require_confirm: { zh: "必须先通过 confirm", en: "Wait for confirm" },
  require_confirm_means: {
    zh: "打开后，回调通过 confirm 之前，其他券接口都不可用。",
    en: "While it is on, every other call waits until the callback is confirmed.",
  },
  auto_expire: { zh: "到期自动过期", en: "Expire by themselves" },
  auto_expire_means: {
    zh: "过了时间的优惠券和用户券由券库设为已过期。",
    en: "Coupons and user coupons that are past their time are set to expired by Quanku.",
  },
  stacking_policy: { zh: "叠加规则", en: "Stacking" },
  stacking_policy_means: {
    zh: "订单没有另外说明时，哪些券可以一起用。",
    en: "Which coupons may be used together on an order that does not say.",
  },
  stacking_policy_is_product_then_shop: {
    zh: "每件商品一张商品券，再加一张店铺券",
    en: "One product coupon per product, then one shop coupon",
  },
  stacking_policy_is_exclusive: {
    zh: "每行一张：几张商品券，或一张店铺券",
    en: "One per line: product coupons, or one shop coupon",
  },
  stacking_policy_is_one_per_order: { zh: "每单一张", en: "One per order" },
  threshold_basis: { zh: "门槛按什么算", en: "Thresholds are judged by" },
  threshold_basis_means: {
    zh: "店铺券的门槛看购物车的原价，还是商品券优惠之后的金额。",
    en: "Whether a shop coupon's threshold looks at the cart's prices, or at what product coupons leave of them.",
  },
  threshold_basis_is_list: { zh: "购物车的价格", en: "The cart's prices" },
  threshold_basis_is_after_product_coupons: { zh: "商品券优惠之后", en: "What product coupons leave" },
  claims_per_minute: { zh: "每分钟领取上限", en: "Claims a minute" },
  claims_per_minute_means: {
    zh: "整个应用一分钟最多领取多少次；空着不限。",
    en: "The most claims of the whole app in a minute; empty: no limit.",
  },
  claims_per_minute_of_person: { zh: "每人每分钟领取上限", en: "A person's claims a minute" },
  claims_per_minute_of_person_means: {
    zh: "同一个 openid 一分钟最多领取多少次；空着不限。",
    en: "The most claims of one openid in a minute; empty: no limit.",
  },
  on: { zh: "开", en: "On" },
  off: { zh: "关", en: "Off" },
  isSet: { zh: "已设置，不显示", en: "Set, not shown" },
  notSet: { zh: "未设置", en: "Not set" },
  makeOne: { zh: "生成", en: "Make one" },
  makeOneOf: { zh: "生成 {{name}}", en: "Make one: {{name}}" },
  clear: { zh: "清除", en: "Clear" },
  clearOf: { zh: "清除 {{name}}", en: "Clear {{name}}" },
  willClear: { zh: "保存后清除", en: "Cleared once saved" },
  noLimit: { zh: "不限", en: "No limit" },
  unsaved: { zh: "有改动未保存", en: "Changes not saved" },
  discard: { zh: "放弃改动", en: "Discard" },
  saved: { zh: "已保存", en: "Saved" },
  keepNow: {
    zh: "现在把它抄进商家程序：保存后这里不再显示。",
    en: "Copy it into the merchant's program now: once saved it is not shown here any more.",
  },
});
