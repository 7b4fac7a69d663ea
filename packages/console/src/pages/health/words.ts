import { table } from "../../words/table.ts";

/** What the page of the server's health says. */
export const words = table("health", {
  title: { zh: "状态", en: "Health" },
  about: {
    zh: "这一个服务进程的状态；有多个进程时，每次可能由不同的进程回答。",
    en: "How this process of the server does; where there are several, another may answer each time.",
  },
  ready: { zh: "正常：现在的写入会被保存", en: "Ready: what is written now is kept" },
  notReady: { zh: "没有就绪：{{why}}", en: "Not ready: {{why}}" },
  version: { zh: "版本", en: "Version" },
  store: { zh: "数据库", en: "Database" },
  sqlite: { zh: "SQLite（内置）", en: "SQLite (embedded)" },
  postgres: { zh: "PostgreSQL", en: "PostgreSQL" },
  memory: { zh: "内存（不保存）", en: "memory (nothing is kept)" },
  started: { zh: "启动于", en: "Started" },
  apps: { zh: "应用", en: "Apps" },
  ownersOnly: { zh: "负载和调用的数字只给 owner 看。", en: "Owners also see its load and calls." },
  resident: { zh: "占用内存", en: "Memory" },
  underWay: { zh: "正在处理的调用", en: "Calls under way" },
  waiting: { zh: "等待提交的变化", en: "Changes that wait" },
  connections: { zh: "数据库连接（使用中 / 空闲）", en: "Connections (in use / idle)" },
  batch: { zh: "每次提交的变化（中位 / p99）", en: "Changes a commit (median / p99)" },
  calls: { zh: "调用", en: "Calls" },
  noCalls: { zh: "这个进程还没有收到调用", en: "This process has answered no calls yet" },
  path: { zh: "路径", en: "Path" },
  count: { zh: "次数", en: "Count" },
  failed: { zh: "失败", en: "Failed" },
  p50: { zh: "中位 ms", en: "Median ms" },
  p99: { zh: "p99 ms", en: "p99 ms" },
  metrics: { zh: "Prometheus 指标", en: "Metrics for Prometheus" },
});
