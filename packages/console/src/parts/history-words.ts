import { table } from "../words/table.ts";

/** What stands around the sentences of a history. */
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
});
