import { table, useWords } from "../words/table.ts";

const words = table("who", {
  app: { zh: "商家程序", en: "The shop's program" },
  command_line: { zh: "命令行", en: "Command line" },
  operator: { zh: "{{name}}", en: "{{name}}" },
  token: { zh: "{{name}}（访问令牌）", en: "{{name}} (token)" },
  job: { zh: "任务 {{name}}", en: "Job {{name}}" },
});

/** Who did something, as the journal writes it down: `app`, `command_line`, `operator li`, `token li deploy`, `job expire`. */
export function Who({ by }: { by: string | null }) {
  const say = useWords(words);
  if (by === null) return null;
  const [, kind = by, name = ""] = /^(operator|token|job) (.+)$/.exec(by) ?? [];
  return <span title={by}>{kind in words.words ? say(kind as keyof typeof words.words, { name }) : by}</span>;
}
