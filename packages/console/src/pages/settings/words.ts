import { table } from "../../words/table.ts";

/** What the pages here say. */
export const words = table("settings", {
  title: { zh: "应用设置", en: "App settings" },
  about: {
    zh: "改了马上生效：一秒之内，所有服务进程都按新的来。",
    en: "Changes hold at once: within a second every process of the server goes by them.",
  },
  app: { zh: "这个应用", en: "This app" },
  appid: { zh: "appid", en: "appid" },
  made: { zh: "创建于", en: "Made" },
  kind: { zh: "类型", en: "Kind" },
  sandbox: { zh: "沙箱：时钟可拨，故障可约", en: "A sandbox: its clock can be moved, faults ordered" },
  production: { zh: "正式", en: "Production" },
  quota: { zh: "每天可取 token", en: "Tokens a day" },
  group_callback: { zh: "领取与回调", en: "Claims and the callback" },
  toLab: { zh: "去调试回调", en: "To the callback lab" },
  group_shop: { zh: "优惠券怎样用", en: "How coupons are used" },
  group_limits: { zh: "频率", en: "Pace" },
  secret: { zh: "密钥", en: "Secret" },
  secretAbout: {
    zh: "程序用 appid 和密钥取 token。密钥创建时显示过一次，之后谁也看不到，只能换一个。",
    en: "Programs fetch tokens by appid and secret. The secret was told once when it was made; nobody can read it since, only change it.",
  },
  rotate: { zh: "换一个密钥", en: "Change the secret" },
  rotateTitle: { zh: "换一个密钥？", en: "Change the secret?" },
  rotateDoes: { zh: "换密钥，旧密钥和所有 token 立即失效", en: "Change it: the old secret and all tokens end now" },
  rotateAbout: {
    zh: "用旧密钥的程序从这一刻起取不到 token，直到您把新密钥交给它们。",
    en: "From then on programs with the old secret get no token until you give them the new one.",
  },
  newSecret: { zh: "新的密钥", en: "The new secret" },
  newSecretAbout: {
    zh: "现在复制并交给程序：关上之后再也看不到。",
    en: "Copy it now and give it to your programs: once this is closed it cannot be read again.",
  },
  copySecret: { zh: "复制密钥", en: "Copy the secret" },
  copied: { zh: "我已保存好", en: "I have kept it" },
  moving: { zh: "导出与导入", en: "Export and import" },
  exportAbout: {
    zh: "导出是一份快照：优惠券、库存、用户券，一行一条 JSON；不含设置和密钥。",
    en: "An export is a snapshot: coupons, stock and user coupons, one JSON a line; no settings and no keys.",
  },
  export: { zh: "导出", en: "Export" },
  importAbout: {
    zh: "导入先告诉您会有什么不同，您确认之后才写入。",
    en: "An import first tells what would be different, and is done once you say so.",
  },
  drop: { zh: "把导出的文件拖到这里，或点击选择", en: "Drop an exported file here, or click to choose one" },
  comparing: { zh: "正在比较…", en: "Comparing…" },
  difference: { zh: "导入会带来的不同", en: "What the import would change" },
  importFile: {
    zh: "{{name}}，{{lines}} 行",
    en: { one: "{{name}}, {{lines}} line", other: "{{name}}, {{lines}} lines" },
  },
  record: { zh: "记录", en: "Records" },
  coupons: { zh: "优惠券", en: "Coupons" },
  user_coupons: { zh: "用户券", en: "User coupons" },
  new: { zh: "新增", en: "New" },
  changed: { zh: "替换", en: "Replaced" },
  unchanged: { zh: "不变", en: "Unchanged" },
  refused: { zh: "不能导入", en: "Refused" },
  unreadable: {
    zh: "{{count}} 行读不懂",
    en: { one: "{{count}} line cannot be read", other: "{{count}} lines cannot be read" },
  },
  line: { zh: "第 {{line}} 行", en: "Line {{line}}" },
  faultsFirst: {
    zh: "先改好这些行再导入。",
    en: "Mend these lines, then import.",
  },
  nothingNew: { zh: "和应用里的一样，没有可导入的。", en: "All is as it is in the app: there is nothing to import." },
  importDoes: {
    zh: "导入：新增 {{fresh}} 条，替换 {{changed}} 条",
    en: "Import: {{fresh}} new, {{changed}} replaced",
  },
  imported: {
    zh: "已导入：新增 {{fresh}} 条，替换 {{changed}} 条",
    en: "Imported: {{fresh}} new, {{changed}} replaced",
  },
  stopped: {
    zh: "导入停在第 {{line}} 行：{{why}}。之前的行已写入，改好后可以再导入同一个文件。",
    en: "The import stopped at line {{line}}: {{why}}. The lines before it went in; mend it and import the same file again.",
  },
  another: { zh: "换一个文件", en: "Another file" },
  remove: { zh: "删除应用", en: "Delete the app" },
  removeAbout: {
    zh: "应用和它的一切永远消失。删之前必须导出过，而且导出之后没有任何改动。",
    en: "The app and all that is of it go for ever. It must have been exported, and nothing may have changed since.",
  },
  removeAboutSandbox: {
    zh: "应用和它的一切永远消失。沙箱应用不必先导出。",
    en: "The app and all that is of it go for ever. A sandbox app need not be exported before.",
  },
  removeTitle: { zh: "删除 {{appid}}？", en: "Delete {{appid}}?" },
  removeDoes: {
    zh: "删除，优惠券、用户券和记录永远消失",
    en: "Delete: coupons, wallets and journal are gone for ever",
  },
  ownersOnly: { zh: "只有 owner 能做。", en: "Owners only." },
});
