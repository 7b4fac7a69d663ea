import { table } from "../../words/table.ts";

/** What the page of the ledger says. */
export const words = table("ledger", {
  title: { zh: "账本", en: "Ledger" },
  about: {
    zh: "每一次变化都记在这里，只追加、不修改；每条记录的摘要包含前一条的摘要。",
    en: "Every change is written here, added to and never altered; the digest of each entry holds the one before.",
  },
  verify: { zh: "核对账本", en: "Verify" },
  verifyAbout: {
    zh: "从账本重新算出一切，与现在的数据逐条比较。只读，不影响服务。",
    en: "Recomputes everything from the journal and compares it with what is there. It only reads, beside the running server.",
  },
  start: { zh: "现在核对", en: "Verify now" },
  never: { zh: "还没有核对过", en: "Never verified" },
  running: { zh: "正在核对：{{entries}} / {{of}} 条", en: "Verifying: {{entries}} of {{of}} entries" },
  right: { zh: "账本正确", en: "The books are right" },
  rightAbout: {
    zh: "{{entries}} 条记录、{{records}} 份数据全部相符",
    en: "All {{entries}} entries and {{records}} records agree",
  },
  wrong: { zh: "账本不符", en: "The books are wrong" },
  failed: { zh: "没有核对完", en: "The verification did not finish" },
  entry: { zh: "第 {{entry}} 条", en: "Entry {{entry}}" },
  when: { zh: "完成于", en: "Ended" },
  head: { zh: "最后一条的摘要", en: "Head of the chain" },
  entries: { zh: "记录", en: "Entries" },
  of: { zh: "关于", en: "About" },
  everything: { zh: "一切", en: "Everything" },
  coupon: { zh: "优惠券", en: "A coupon" },
  userCoupon: { zh: "用户券", en: "A user coupon" },
  order: { zh: "订单", en: "An order" },
  id: { zh: "编号", en: "Its id" },
  couponId: { zh: "优惠券编号", en: "The coupon's id" },
  by: { zh: "谁做的", en: "Who did it" },
  byHint: { zh: "谁做的：运营者的名字", en: "Who did it: an operator's name" },
  byHow: {
    zh: "运营者的名字；或 token li deploy（li 的令牌 deploy）、command_line（服务器命令行）",
    en: "An operator's name; or token li deploy (the token deploy of li), command_line (the server's command line)",
  },
});
