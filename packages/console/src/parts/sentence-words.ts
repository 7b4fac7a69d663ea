import { table } from "../words/table.ts";

/** What an entry of the journal says happened: a sentence for each command, and more where it may come to several things. */
export const sentenceWords = table("sentences", {
  createApp: { zh: "创建了应用", en: "The app was made" },
  createSandbox: { zh: "创建了沙箱应用", en: "The app was made, as a sandbox" },
  deleteApp: { zh: "删除了应用 {{appid}}", en: "App {{appid}} was deleted" },
  rotateSecret: { zh: "更换了应用密钥，所有 token 失效", en: "The app's secret was replaced; all tokens ended" },
  noteExport: { zh: "导出了应用数据，到第 {{seq}} 条记录", en: "The app was exported, up to entry {{seq}}" },
  configureApp: { zh: "修改了设置 {{settings}}", en: "Settings were changed: {{settings}}" },
  configureSecrets: {
    zh: "修改了只有商家知道的设置（账本不记它们的值）",
    en: "Settings that only the merchant knows were changed (the journal keeps none of their values)",
  },
  on: { zh: "开", en: "on" },
  off: { zh: "关", en: "off" },
  nothing: { zh: "未设置", en: "not set" },
  confirmCallback: { zh: "回调地址 {{url}} 通过了验证", en: "Callback {{url}} proved itself" },
  issueToken: { zh: "获取了 access_token", en: "An access token was fetched" },
  issueStableToken: { zh: "获取了稳定版 access_token", en: "A stable access token was fetched" },

  resetSandbox: { zh: "清空了沙箱，时钟回到真实时间", en: "The sandbox was reset, its clock back at real time" },
  loadSandbox: { zh: "载入了沙箱存档，时钟在 {{to}}", en: "A saved state was loaded; the clock shows {{to}}" },
  loadReports: { zh: "存档带回了当时的统计", en: "The saved state brought back what had been counted" },
  loadThing: { zh: "存档带回了{{record}} {{id}}", en: "The saved state brought back {{record}} {{id}}" },
  setClock: { zh: "把时钟拨快 {{by}}，到 {{to}}", en: "The clock was set {{by}} ahead, to {{to}}" },
  freezeClock: { zh: "把时钟停在 {{to}}", en: "The clock was frozen at {{to}}" },
  resumeClock: { zh: "让时钟从 {{to}} 继续走", en: "The clock went on from {{to}}" },
  makePerson: { zh: "把 {{openid}} 命名为 {{name}}", en: "{{openid}} was named {{name}}" },
  removePerson: { zh: "去掉了 {{openid}} 的名字 {{name}}", en: "{{openid}} is called {{name}} no longer" },
  orderFault: { zh: "安排了故障 {{fault}}", en: "Fault {{fault}} was ordered" },
  endFault: { zh: "结束了故障 {{fault}}", en: "Fault {{fault}} was ended" },
  endFaults: {
    zh: "结束了全部 {{count}} 个故障",
    en: { one: "{{count}} fault was ended", other: "All {{count}} faults were ended" },
  },
  meetFaults: { zh: "一次请求遇到故障 {{fault}}", en: "A request met fault {{fault}}" },
  missFaults: { zh: "一次请求没有被故障命中", en: "A request went past the faults that are on" },
  endTokenEarly: { zh: "一个 access_token 被故障提前作废", en: "A fault ended an access token early" },

  addCoupon: { zh: "新建了优惠券 {{coupon}}", en: "Coupon {{coupon}} was added" },
  replaceCoupon: { zh: "修改了优惠券 {{coupon}}", en: "Coupon {{coupon}} was edited" },
  importCoupon: { zh: "导入了优惠券 {{coupon}}（{{status}}）", en: "Coupon {{coupon}} was imported ({{status}})" },
  activateCoupon: {
    zh: "激活了优惠券 {{coupon}}，库存 {{remaining}}",
    en: "Coupon {{coupon}} was activated with {{remaining}} in stock",
  },
  changeCouponStatus: { zh: "把优惠券 {{coupon}} 设为{{status}}", en: "Coupon {{coupon}} was set to {{status}}" },
  pauseCoupon: { zh: "暂停领取 {{coupon}}", en: "Claims of {{coupon}} were paused" },
  resumeCoupon: { zh: "恢复领取 {{coupon}}", en: "{{coupon}} can be claimed again" },
  restock: {
    zh: "把 {{coupon}} 的库存从 {{was}} 改为 {{remaining}}",
    en: "The stock of {{coupon}} was set from {{was}} to {{remaining}}",
  },
  restockClaimed: {
    zh: "把 {{coupon}} 的库存从 {{was}} 改为 {{remaining}}，已领取从 {{wasClaimed}} 改为 {{claimed}}",
    en: "The stock of {{coupon}} was set from {{was}} to {{remaining}}, what was claimed from {{wasClaimed}} to {{claimed}}",
  },
  expireCoupon: { zh: "优惠券 {{coupon}} 到期", en: "Coupon {{coupon}} expired" },

  claimCoupon: {
    zh: "{{openid}} 领取了 {{coupon}}，用户券 {{userCoupon}}",
    en: "{{openid}} claimed {{coupon}} as {{userCoupon}}",
  },
  holdCoupon: {
    zh: "为 {{openid}} 预留一张 {{coupon}}，等待商家决定",
    en: "One of {{coupon}} was held for {{openid}} until the merchant decides",
  },
  grantClaim: {
    zh: "商家同意，{{openid}} 领取了 {{coupon}}，用户券 {{userCoupon}}",
    en: "The merchant agreed: {{openid}} claimed {{coupon}} as {{userCoupon}}",
  },
  releaseHold: {
    zh: "没有发给 {{openid}}，预留的 {{coupon}} 退回库存",
    en: "{{openid}} was not given {{coupon}}: what was held went back",
  },
  closeHold: {
    zh: "商家没有同意 {{openid}} 领取 {{coupon}}，已记录的券仍在",
    en: "The merchant did not agree that {{openid}} claims {{coupon}}; what was recorded stays",
  },
  recordUserCoupon: {
    zh: "为 {{openid}} 记录了 {{coupon}} 的用户券 {{userCoupon}}（{{status}}）",
    en: "{{userCoupon}} of {{coupon}} was recorded for {{openid}} ({{status}})",
  },
  amendUserCoupon: {
    zh: "更正了 {{userCoupon}}：领取于 {{received}}",
    en: "{{userCoupon}} was amended: received at {{received}}",
  },
  amendUsed: {
    zh: "更正了 {{userCoupon}}：领取于 {{received}}，核销于 {{used}}",
    en: "{{userCoupon}} was amended: received at {{received}}, redeemed at {{used}}",
  },
  importUserCoupon: {
    zh: "导入了 {{openid}} 的用户券 {{userCoupon}}（{{status}}）",
    en: "{{userCoupon}} of {{openid}} was imported ({{status}})",
  },
  changeUserCouponStatus: {
    zh: "把 {{openid}} 的 {{userCoupon}} 设为{{status}}",
    en: "{{userCoupon}} of {{openid}} was set to {{status}}",
  },
  redeemUserCoupon: { zh: "{{openid}} 核销了 {{userCoupon}}", en: "{{openid}} redeemed {{userCoupon}}" },
  returnUserCoupon: {
    zh: "{{openid}} 的 {{userCoupon}} 退回，可再次使用",
    en: "{{userCoupon}} came back to {{openid}} and can be used again",
  },
  giveUpUserCoupon: {
    zh: "{{openid}} 的 {{userCoupon}} 已放弃或被收回",
    en: "{{userCoupon}} of {{openid}} was given up or taken back",
  },
  expireUserCoupon: { zh: "{{openid}} 的 {{userCoupon}} 到期", en: "{{userCoupon}} of {{openid}} expired" },

  lockOrder: {
    zh: "{{openid}} 的订单 {{order}} 锁定了 {{count}} 张券，优惠 {{amount}}，到 {{to}}",
    en: {
      one: "Order {{order}} of {{openid}} locked {{count}} coupon for {{amount}} off, until {{to}}",
      other: "Order {{order}} of {{openid}} locked {{count}} coupons for {{amount}} off, until {{to}}",
    },
  },
  redeemOrder: {
    zh: "{{openid}} 的订单 {{order}} 核销了 {{count}} 张券，优惠 {{amount}}",
    en: {
      one: "Order {{order}} of {{openid}} redeemed {{count}} coupon for {{amount}} off",
      other: "Order {{order}} of {{openid}} redeemed {{count}} coupons for {{amount}} off",
    },
  },
  returnOrder: {
    zh: "{{openid}} 的订单 {{order}} 全部退货，退款 {{amount}}",
    en: "Order {{order}} of {{openid}} came back whole, {{amount}} paid back",
  },
  returnItems: {
    zh: "{{openid}} 的订单 {{order}} 部分退货，退款 {{amount}}",
    en: "Items of order {{order}} of {{openid}} came back, {{amount}} paid back",
  },
  unlockOrder: {
    zh: "{{openid}} 的订单 {{order}} 不再锁定它的券",
    en: "Order {{order}} of {{openid}} locks its coupons no longer",
  },

  createHandOut: {
    zh: "创建了发放任务 {{handOut}}：{{coupon}}，名单 {{total}} 行",
    en: "Hand-out {{handOut}} of {{coupon}} was made, a list of {{total}}",
  },
  startHandOut: { zh: "开始发放 {{handOut}}", en: "Hand-out {{handOut}} began" },
  cancelHandOut: {
    zh: "取消了发放 {{handOut}}，停在 {{next}} / {{total}}",
    en: "Hand-out {{handOut}} was cancelled at {{next}} of {{total}}",
  },
  takeHandOut: { zh: "一个服务进程接手了发放 {{handOut}}", en: "A process of the server took on hand-out {{handOut}}" },
  advanceHandOut: {
    zh: "发放 {{handOut}} 进行到 {{next}} / {{total}}，发出 {{given}}",
    en: "Hand-out {{handOut}} is at {{next}} of {{total}}, {{given}} given",
  },
  checkHandOut: {
    zh: "发放 {{handOut}} 试算到 {{next}} / {{total}}，可发 {{given}}",
    en: "The dry run of hand-out {{handOut}} is at {{next}} of {{total}}, {{given}} would be given",
  },

  createOperator: {
    zh: "创建了运营者 {{name}}（{{role}}，应用：{{apps}}）",
    en: "Operator {{name}} was made ({{role}}; apps: {{apps}})",
  },
  changeOperator: {
    zh: "运营者 {{name}} 现在是 {{role}}，应用：{{apps}}",
    en: "Operator {{name}} is {{role}} now; apps: {{apps}}",
  },
  allApps: { zh: "全部", en: "all" },
  noApp: { zh: "没有", en: "none" },
  resetOperator: {
    zh: "重置了运营者 {{name}} 的密码，此前的登录和令牌失效",
    en: "Operator {{name}} was given a new password; sessions and tokens until then ended",
  },
  removeOperator: { zh: "移除了运营者 {{name}}", en: "Operator {{name}} was removed" },
  changePassword: { zh: "{{name}} 修改了自己的密码", en: "{{name}} changed their password" },
  createLink: { zh: "为 {{name}} 生成了登录链接", en: "A sign-in link was made for {{name}}" },
  signIn: { zh: "{{name}} 登录", en: "{{name}} signed in" },
  signOut: { zh: "{{name}} 退出登录", en: "{{name}} signed out" },
  createToken: { zh: "{{name}} 创建了访问令牌 {{token}}", en: "{{name}} made access token {{token}}" },
  revokeToken: { zh: "{{name}} 撤销了访问令牌 {{token}}", en: "{{name}} revoked access token {{token}}" },

  record_app: { zh: "应用", en: "the app" },
  record_coupon: { zh: "优惠券", en: "coupon" },
  record_stock: { zh: "库存", en: "stock" },
  record_userCoupon: { zh: "用户券", en: "user coupon" },
  record_claim: { zh: "领取", en: "claim" },
  record_hold: { zh: "预留", en: "hold" },
  record_order: { zh: "订单", en: "order" },
  record_operator: { zh: "运营者", en: "operator" },
  record_handOut: { zh: "发放任务", en: "hand-out" },
  record_person: { zh: "用户", en: "person" },
});
