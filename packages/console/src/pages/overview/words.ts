import { table } from "../../words/table.ts";

/** What the overview says. */
export const words = table("overview", {
  title: { zh: "概览", en: "Overview" },
  today: { zh: "今天", en: "Today" },
  claimed: { zh: "领取", en: "Claimed" },
  redeemed: { zh: "核销", en: "Redeemed" },
  discount: { zh: "优惠金额", en: "Discount given" },
  returned: { zh: "退回", en: "Returned" },
  yesterday: { zh: "昨天 {{number}}", en: "{{number}} yesterday" },
  month: { zh: "最近 30 天", en: "Last 30 days" },
  monthNone: {
    zh: "这 30 天还没有人领取。把券发放出去，或接入您的程序。",
    en: "Nobody claimed anything in these 30 days. Hand out a coupon, or connect your program.",
  },
  reports: { zh: "看报表", en: "To the reports" },

  runsOut: { zh: "快领完的", en: "Runs out soon" },
  runsOutHow: { zh: "按最近 7 天的速度", en: "At the pace of the last 7 days" },
  runsOutNone: { zh: "按现在的速度，7 天内没有券会领完。", en: "At this pace nothing runs out within 7 days." },
  soldOut: { zh: "已领完", en: "none left" },
  leftAtPace: { zh: "剩 {{left}} 张，每天约 {{pace}} 张", en: "{{left}} left, about {{pace}} a day" },
  inHours: { zh: "约 {{count}} 小时后", en: { one: "in about {{count}} hour", other: "in about {{count}} hours" } },
  inDays: { zh: "约 {{count}} 天后", en: { one: "in about {{count}} day", other: "in about {{count}} days" } },
  tooMany: {
    zh: "最近 7 天有太多种券被领取，这里算不过来；请看报表的 CSV。",
    en: "Too many coupons were claimed in 7 days to work this out here; see the reports as CSV.",
  },
  endsSoon: { zh: "快结束的", en: "Ends soon" },
  endsSoonHow: { zh: "7 天内", en: "Within 7 days" },
  endsSoonNone: { zh: "7 天内没有券结束。", en: "Nothing ends within 7 days." },
  endsclaims: { zh: "领取截止", en: "claims end" },
  endsvalidity: { zh: "有效期截止", en: "validity ends" },
  newest: {
    zh: "只看了最新的 {{number}} 张生效中的券。",
    en: "Only the newest {{number}} active coupons were looked at.",
  },
  more: { zh: "还有 {{number}} 张", en: "{{number}} more" },

  needs: { zh: "要您处理的", en: "Needs you" },
  needsNone: { zh: "没有要处理的事。", en: "Nothing needs you." },
  unconfirmed: {
    zh: "领取由您的程序决定，但回调还没有确认：没有人能领取。",
    en: "Your program decides claims, but its callback is not confirmed: nobody can claim.",
  },
  failing: {
    zh: "回调从 {{time}} 起一直失败（{{number}} 次）",
    en: "The callback has been failing since {{time}} ({{number}} times)",
  },
  failed: {
    zh: "最近 24 小时回调失败 {{number}} 次，现在已恢复",
    en: "The callback failed {{number}} times in 24 hours, and works again",
  },
  refused: {
    zh: "发放「{{name}}」有 {{number}} 人没有得到",
    en: "In the hand-out {{name}} {{number}} people were refused",
  },
  verifyNever: { zh: "服务器启动以来还没有核对过账本", en: "The ledger was not verified since the server started" },
  verifyOld: { zh: "账本上次核对是 {{time}}", en: "The ledger was last verified {{time}}" },
  verifyWrong: {
    zh: "账本核对不符：{{number}} 处",
    en: "The ledger does not agree with the records: {{number}} faults",
  },
  verifyFailed: { zh: "账本核对没有做完", en: "Verifying the ledger could not be ended" },

  welcome: { zh: "开始：三步发出第一张券", en: "Begin: three steps to the first coupon" },
  stepMake: { zh: "新建一张优惠券", en: "Make a coupon" },
  stepMakeHow: {
    zh: "选类型，填优惠和时间，边填边看用户看到的样子。",
    en: "Choose a kind, say what it gives and when.",
  },
  stepActivate: { zh: "激活它", en: "Activate it" },
  stepActivateHow: { zh: "看一遍草稿，确认后投放库存。", en: "Look the draft over; activating it makes the stock." },
  stepGive: { zh: "发放给用户", en: "Hand it out" },
  stepGiveHow: {
    zh: "上传一份名单发放，或接入您的程序让用户自己领取。",
    en: "Give it to a list of people, or connect your program so that people claim it.",
  },
  stepConnect: { zh: "接入您的程序", en: "Connect your program" },
  done: { zh: "已完成", en: "Done" },
  first: { zh: "请先完成上一步", en: "Do the step before first" },
});
