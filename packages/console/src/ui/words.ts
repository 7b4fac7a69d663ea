import { table } from "../words/table.ts";

/** What is said everywhere. */
export const common = table("common", {
  retry: { zh: "再试一次", en: "Try again" },
  copy: { zh: "复制", en: "Copy" },
  copied: { zh: "已复制", en: "Copied" },
  cancel: { zh: "取消", en: "Cancel" },
  close: { zh: "关闭", en: "Close" },
  save: { zh: "保存", en: "Save" },
  more: { zh: "更多", en: "More" },
  reading: { zh: "正在读取…", en: "Loading…" },
  nothing: { zh: "这里还没有内容", en: "Nothing here yet" },
  notAllowed: { zh: "您的角色不能这样做，请联系 owner", en: "Your role cannot do this; ask an owner" },
  rid: { zh: "请求编号", en: "Request id" },
  failed: { zh: "没有成功", en: "That did not work" },
  network: { zh: "没有收到服务器的回复", en: "The server did not answer" },
  networkHow: {
    zh: "请确认服务器正在运行、网络可用，然后再试。您输入的内容还在。",
    en: "See that the server runs and can be reached, then try again. What you typed is still here.",
  },
  typeToConfirm: { zh: "输入 {{text}} 以确认", en: "Type {{text}} to confirm" },
  list: { zh: "列表", en: "List" },
  all: { zh: "全部", en: "All" },
  find: { zh: "查找", en: "Find" },
  back: { zh: "返回", en: "Back" },
});
