import { hasWord, type Say, table } from "../words/table.ts";

export const actorWords = table("actors", {
  app: { zh: "商家程序", en: "the shop's program" },
  call: { zh: "商家程序的调用", en: "a call of the shop's program" },
  operator: { zh: "运营者 {{name}}", en: "operator {{name}}" },
  token: { zh: "{{name}} 的令牌 {{token}}", en: "token {{token}} of {{name}}" },
  command_line: { zh: "服务器命令行", en: "the server's command line" },
  job_expiry: { zh: "系统（到期处理）", en: "the server (expiry)" },
  job_claims: { zh: "系统（领取处理）", en: "the server (claims)" },
  job_pushes: { zh: "系统（回调推送）", en: "the server (pushes)" },
  job_handOut: { zh: "发放任务 {{name}}", en: "hand-out {{name}}" },
  job: { zh: "系统（{{name}}）", en: "the server ({{name}})" },
  nobody: { zh: "未记录", en: "not recorded" },
});

type Name = keyof (typeof actorWords)["words"];

/** Who made a change, in words, from how the journal writes it down: `operator li`, `token li deploy`, `call <rid>`, `job expiry`. */
export function whoOf(by: string | null, say: Say<Name>): string {
  const [, kind = by ?? "nobody", first = "", second = ""] =
    /^(operator|token|call|job) (\S+)(?: (.+))?$/.exec(by ?? "") ?? [];
  if (kind === "job" && first === "hand-out") return say("job_handOut", { name: second });
  const job = `job_${first}`;
  if (kind === "job") return say(hasWord(actorWords, job) ? job : "job", { name: first });
  return hasWord(actorWords, kind) ? say(kind, { name: first, token: second }) : kind;
}
