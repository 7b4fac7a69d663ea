import { table } from "../words/table.ts";

/** What an entry of the journal says happened, by its command; and around it. */
export const words = table("history", {
  title: { zh: "历史", en: "History" },
  time: { zh: "时间", en: "Time" },
  seq: { zh: "序号", en: "No." },
  what: { zh: "发生了什么", en: "What happened" },
  who: { zh: "谁", en: "Who" },
  empty: { zh: "还没有发生过什么", en: "Nothing has happened yet" },
  details: { zh: "第 {{seq}} 条", en: "Entry {{seq}}" },
  before: { zh: "之前", en: "Before" },
  after: { zh: "之后", en: "After" },
  wasNotThere: { zh: "（原来没有）", en: "(was not there)" },
  digest: { zh: "链上的摘要", en: "Digest of the chain up to here" },

  byApp: { zh: "商家程序", en: "the shop's program" },
  byCall: { zh: "商家程序的调用", en: "a call of the shop's program" },
  byOperator: { zh: "运营者 {{name}}", en: "operator {{name}}" },
  byToken: { zh: "{{name}} 的令牌 {{token}}", en: "token {{token}} of {{name}}" },
  byCommandLine: { zh: "服务器命令行", en: "the server's command line" },
  byJob: { zh: "系统（{{job}}）", en: "the server ({{job}})" },
  byNobody: { zh: "未记录", en: "not recorded" },

  createApp: { zh: "创建了应用", en: "The app was made" },
  deleteApp: { zh: "删除了应用 {{appid}}", en: "App {{appid}} was deleted" },
  rotateSecret: { zh: "更换了应用密钥", en: "The app's secret was replaced" },
  noteExport: { zh: "导出了应用数据", en: "The app was exported" },
  configureApp: { zh: "修改了设置：{{settings}}", en: "Settings were changed: {{settings}}" },
  confirmCallback: { zh: "回调地址通过验证：{{url}}", en: "The callback proved itself: {{url}}" },
  issueToken: { zh: "获取了 access_token", en: "An access token was fetched" },
  resetSandbox: { zh: "重置了沙箱", en: "The sandbox was reset" },
  loadSandbox: { zh: "载入了沙箱存档", en: "A saved state of the sandbox was loaded" },
  setClock: { zh: "把时钟拨到比真实时间快 {{ahead}} 秒", en: "The clock was set {{ahead}} s ahead of real time" },
  freezeClock: { zh: "停住了时钟", en: "The clock was frozen" },
  resumeClock: { zh: "让时钟继续走", en: "The clock went on" },
  makePerson: { zh: "创建了用户 {{name}}", en: "Person {{name}} was made" },
  removePerson: { zh: "移除了用户 {{name}}", en: "Person {{name}} was removed" },
  orderFault: { zh: "安排了故障 {{fault}}", en: "Fault {{fault}} was ordered" },
  endFault: { zh: "结束了故障", en: "A fault was ended" },
  endFaults: { zh: "结束了所有故障", en: "All faults were ended" },
  meetFaults: { zh: "故障生效", en: "Faults were met" },
  endTokenEarly: { zh: "access_token 被提前作废（故障）", en: "An access token ended early (a fault)" },

  addCoupon: { zh: "新建了优惠券 {{coupon}}", en: "Coupon {{coupon}} was added" },
  replaceCoupon: { zh: "修改了优惠券 {{coupon}}", en: "Coupon {{coupon}} was edited" },
  importCoupon: { zh: "导入了优惠券 {{coupon}}", en: "Coupon {{coupon}} was imported" },
  activated: {
    zh: "激活了 {{coupon}}，库存 {{remaining}}",
    en: "{{coupon}} was activated with {{remaining}} in stock",
  },
  changedTo: { zh: "把 {{coupon}} 设为{{status}}", en: "{{coupon}} was set to {{status}}" },
  pauseCoupon: { zh: "暂停领取 {{coupon}}", en: "Claims of {{coupon}} were paused" },
  resumeCoupon: { zh: "恢复领取 {{coupon}}", en: "{{coupon}} can be claimed again" },
  restock: {
    zh: "把 {{coupon}} 的库存从 {{was}} 改为 {{remaining}}",
    en: "The stock of {{coupon}} was set from {{was}} to {{remaining}}",
  },
  expireCoupon: { zh: "{{coupon}} 到期", en: "{{coupon}} expired" },

  claimCoupon: { zh: "{{openid}} 领取了 {{coupon}}", en: "{{openid}} claimed {{coupon}}" },
  holdCoupon: {
    zh: "为 {{openid}} 预留一张 {{coupon}}，等待商家决定",
    en: "One of {{coupon}} was held for {{openid}} until the merchant decides",
  },
  grantClaim: {
    zh: "商家同意，{{openid}} 领取了 {{coupon}}",
    en: "The merchant agreed: {{openid}} claimed {{coupon}}",
  },
  releaseHold: {
    zh: "没有发给 {{openid}}，预留的 {{coupon}} 退回库存",
    en: "{{openid}} was not given {{coupon}}: what was held went back",
  },
  recordUserCoupon: {
    zh: "为 {{openid}} 记录了 {{coupon}} 的 {{userCoupon}}",
    en: "{{userCoupon}} of {{coupon}} was recorded for {{openid}}",
  },
  amendUserCoupon: { zh: "修改了用户券 {{userCoupon}}", en: "User coupon {{userCoupon}} was amended" },
  importUserCoupon: {
    zh: "导入了 {{openid}} 的用户券 {{userCoupon}}",
    en: "User coupon {{userCoupon}} of {{openid}} was imported",
  },
  redeemed: { zh: "{{openid}} 核销了 {{userCoupon}}", en: "{{openid}} redeemed {{userCoupon}}" },
  returned: {
    zh: "{{openid}} 的 {{userCoupon}} 退回，可再次使用",
    en: "{{userCoupon}} came back to {{openid}} and can be used again",
  },
  gaveUp: {
    zh: "{{openid}} 的 {{userCoupon}} 已放弃或被收回",
    en: "{{userCoupon}} of {{openid}} was given up or taken back",
  },
  userCouponSet: { zh: "把 {{userCoupon}} 设为{{status}}", en: "{{userCoupon}} was set to {{status}}" },
  expireUserCoupon: { zh: "{{openid}} 的 {{userCoupon}} 到期", en: "{{userCoupon}} of {{openid}} expired" },

  lockOrder: {
    zh: "{{openid}} 的订单 {{order}} 锁定了 {{count}} 张券",
    en: {
      one: "Order {{order}} of {{openid}} locked {{count}} coupon",
      other: "Order {{order}} of {{openid}} locked {{count}} coupons",
    },
  },
  redeemOrder: {
    zh: "订单 {{order}} 核销了 {{count}} 张券",
    en: { one: "Order {{order}} redeemed {{count}} coupon", other: "Order {{order}} redeemed {{count}} coupons" },
  },
  returnOrder: { zh: "订单 {{order}} 退货", en: "Order {{order}} was returned" },
  orderChanged: { zh: "订单 {{order}} 有变化", en: "Order {{order}} changed" },

  createHandOut: { zh: "创建了发放任务 {{handOut}}", en: "Hand-out {{handOut}} was made" },
  startHandOut: { zh: "开始发放 {{handOut}}", en: "Hand-out {{handOut}} began" },
  cancelHandOut: { zh: "取消了发放 {{handOut}}", en: "Hand-out {{handOut}} was cancelled" },
  takeHandOut: { zh: "发放 {{handOut}} 由一个进程接手", en: "A process took on hand-out {{handOut}}" },
  advanceHandOut: {
    zh: "发放 {{handOut}} 进行到 {{next}} / {{total}}",
    en: "Hand-out {{handOut}} is at {{next}} of {{total}}",
  },

  createOperator: { zh: "创建了运营者 {{name}}", en: "Operator {{name}} was made" },
  changeOperator: { zh: "修改了运营者 {{name}}", en: "Operator {{name}} was changed" },
  resetOperator: { zh: "重置了运营者 {{name}} 的密码", en: "Operator {{name}} was given a new password" },
  removeOperator: { zh: "移除了运营者 {{name}}", en: "Operator {{name}} was removed" },
  changePassword: { zh: "{{name}} 修改了自己的密码", en: "{{name}} changed their password" },
  createLink: { zh: "为 {{name}} 生成了登录链接", en: "A sign-in link was made for {{name}}" },
  signIn: { zh: "{{name}} 登录", en: "{{name}} signed in" },
  signOut: { zh: "{{name}} 退出登录", en: "{{name}} signed out" },
  createToken: { zh: "{{name}} 创建了访问令牌", en: "{{name}} made an access token" },
  revokeToken: { zh: "{{name}} 撤销了访问令牌", en: "{{name}} revoked an access token" },
  other: { zh: "{{command}}", en: "{{command}}" },
});
