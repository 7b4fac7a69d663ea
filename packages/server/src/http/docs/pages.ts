import type { Language } from "@quanku/protocol/explain";

/** A text in both languages of the pages. */
export type Words = Readonly<Record<Language, string>>;

/** A page that is written, or made by `npm run docs`, in the repository's `docs` folder. */
export type Page = {
  /** Where it is served, after `/docs/<language>/`; the first page is at that address itself. */
  path: string;
  /** The file of its English text in `docs`; the Chinese one is `<name>.zh-CN.md` beside it. */
  source: string;
  /** What the list of pages calls it; its own title is the first heading. */
  name: Words;
  /** `both`: one text holds both languages. `en`: there is only an English one, and the Chinese page says so. */
  text?: "both" | "en";
};

export type Group = { name: Words; pages: readonly Page[] };

/** Every page but those of calls and codes, in the order in which they are listed. */
export const groups: readonly Group[] = [
  {
    name: { zh: "开始", en: "Start" },
    pages: [
      { path: "", source: "README.md", name: { zh: "券库文档", en: "Quanku's documentation" } },
      {
        path: "recipes/first-list",
        source: "recipes/first-list.md",
        name: { zh: "第一个 token 和列表", en: "A token and a list" },
      },
      {
        path: "recipes/coupon-life",
        source: "recipes/coupon-life.md",
        name: { zh: "一张券的一生", en: "A coupon's life" },
      },
      {
        path: "recipes/receive-callbacks",
        source: "recipes/receive-callbacks.md",
        name: { zh: "接收领券回调", en: "Receive the callback" },
      },
      {
        path: "recipes/sandbox",
        source: "recipes/sandbox.md",
        name: { zh: "沙箱：时钟、故障、日志", en: "Clock, faults, log" },
      },
      {
        path: "point-your-sdk-here",
        source: "point-your-sdk-here.md",
        name: { zh: "把 SDK 指向券库", en: "Point your SDK here" },
        text: "both",
      },
    ],
  },
  {
    name: { zh: "参考", en: "Reference" },
    pages: [
      { path: "callback", source: "callback.md", name: { zh: "领券回调", en: "The callback" } },
      { path: "calls", source: "reference/calls.md", name: { zh: "接口", en: "Calls" } },
      { path: "codes", source: "reference/codes.md", name: { zh: "错误码", en: "Error codes" } },
      {
        path: "worked-examples",
        source: "reference/worked-examples.md",
        name: { zh: "优惠算例", en: "Worked examples" },
      },
      { path: "protocol", source: "protocol.md", name: { zh: "协议细则", en: "The wire, and how sure" } },
      { path: "admin", source: "reference/admin.md", name: { zh: "运营者接口", en: "Operators' calls" }, text: "en" },
    ],
  },
  {
    name: { zh: "运行", en: "Operation" },
    pages: [
      { path: "running", source: "running.md", name: { zh: "安装与运维", en: "Running it" } },
      { path: "tls", source: "tls.md", name: { zh: "TLS", en: "TLS" } },
      { path: "scale-out", source: "scale-out.md", name: { zh: "多进程与 PostgreSQL", en: "Many processes" } },
      { path: "metrics", source: "reference/metrics.md", name: { zh: "监控指标", en: "Metrics" } },
    ],
  },
];

export const pages: readonly Page[] = groups.flatMap((group) => group.pages);

/** The file of a page's text in a language. */
export const fileOf = ({ source, text }: Page, language: Language): string =>
  language === "zh" && text === undefined ? source.replace(/\.md$/, ".zh-CN.md") : source;

/** Every file that pages are read from, in the `docs` folder: what is published beside the program. */
export const files = (): string[] => [...new Set(pages.flatMap((page) => [fileOf(page, "zh"), fileOf(page, "en")]))];
