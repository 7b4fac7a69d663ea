import type { Words } from "./pages.ts";

/** What stands on each page around its text. */
export const words = {
  product: { zh: "券库", en: "Quanku" },
  other: { zh: "English", en: "中文" },
  skip: { zh: "跳到正文", en: "Skip to the text" },
  pages: { zh: "全部页面", en: "All pages" },
  onThisPage: { zh: "本页内容", en: "On this page" },
  copy: { zh: "复制", en: "Copy" },
  copied: { zh: "已复制", en: "Copied" },
  onlyEnglish: { zh: "这一页目前只有英文。", en: "" },
  notFound: { zh: "没有这一页", en: "There is no such page" },
  notFoundText: {
    zh: "地址可能拼错了，或者这一页搬了家。从[首页](docs:)或[错误码](docs:codes)找找看。",
    en: "The address may be mistyped, or the page may have moved. Look for it from the [first page](docs:) or among the [error codes](docs:codes).",
  },
  code: { zh: "错误码", en: "Error code" },
  text: { zh: "平台原文", en: "The platform's text" },
  looks: { zh: "实际样子", en: "What it looks like" },
  means: { zh: "含义", en: "What it means" },
  causes: { zh: "常见原因", en: "Usual causes" },
  mend: { zh: "怎么解决", en: "How to mend it" },
  retry: { zh: "要不要重试", en: "Whether to send it again" },
  never: {
    zh: "程序不要自动重试：同样的请求还会同样失败，直到有人改了什么，或者到了 `errmsg` 说的时间。",
    en: "A program should not: the same request fails again until somebody changes something, or until a time that the `errmsg` names.",
  },
  success: { zh: "不需要：已经成功。", en: "No need: it succeeded." },
  backOff: {
    zh: "可以。同样的请求退避重发：第一次等 {ms} 毫秒，以后每次加倍。什么都不会做两遍。",
    en: "Yes. Send the very same request again and back off: {ms} ms at first, twice as long each time. Nothing is done twice by that.",
  },
  after: {
    zh: "可以，但要等：至多 {s} 秒后原因就消失。什么都不会做两遍。",
    en: "Yes, later: in {s} seconds at the latest the reason is gone. Nothing is done twice by that.",
  },
  allCodes: { zh: "全部错误码", en: "All error codes" },
  tryIt: { zh: "试一试", en: "Try it" },
  tryItAbout: {
    zh: "调用的就是这台服务器。密钥和 token 只留在这一页的内存里，离开就没有了。",
    en: "It calls this very server. Secret and token stay in this page's memory and are gone when you leave it.",
  },
  byToken: { zh: "或直接给 access_token（给了就不用密钥）", en: "or an access_token, which goes before the secret" },
  body: { zh: "请求体", en: "Body" },
  send: { zh: "发送", en: "Send" },
  sending: { zh: "发送中……", en: "Sending…" },
  asCurl: { zh: "等同的命令（$TOKEN 是 access_token）", en: "The same as a command ($TOKEN being the access_token)" },
  reply: { zh: "回复", en: "Reply" },
  explained: { zh: "这个错误码的说明：", en: "What this code means: " },
  unreached: { zh: "没有收到回复", en: "No reply came" },
  firstDo: { zh: "先试：", en: "Try first: " },
} as const satisfies Record<string, Words>;
