import { callNames, callPath, calls, neededByType, type Schema } from "@quanku/protocol/calls";
import { BACK_OFF_MS, codes, type Errcode } from "@quanku/protocol/codes";
import { explanations, type Language } from "@quanku/protocol/explain";
import { renderAdminOpenapi } from "./admin/openapi.ts";
import { renderAdmin } from "./admin/page.ts";
import { exampleOf } from "./bodies/bodies.ts";
import { renderCallback } from "./callback/chapter.ts";
import { type Field, fieldsOf, jsonSchemaOf } from "./fields.ts";
import { renderOpenapi } from "./openapi.ts";
import { callWords, codesInChinese, codesInEnglish } from "./page-words.ts";
import { renderWorkedExamples } from "./worked-examples.ts";

const notice = "<!-- Made from packages/protocol/src by `npm run docs`; do not edit. -->\n";

const noticeOfExamples = "<!-- Made from packages/protocol/reference/examples by `npm run docs`; do not edit. -->\n";

/** The reference page of the coupon calls. */
export function renderCalls(language: Language): string {
  const say = callWords[language];
  const sections = callNames.map((name) => {
    const { about, request, reply }: { about: string; request: Schema<unknown>; reply: Schema<unknown> } = calls[name];
    return [
      `## ${name}\n\n${say.about(about)}\n\n\`POST ${callPath(name)}?access_token=…\`\n`,
      table(say.request, fieldsOf(jsonSchemaOf(request)), language),
      example(exampleOf(name, "request")),
      table(say.reply, fieldsOf(jsonSchemaOf(reply)), language),
      example(exampleOf(name, "response")),
    ].join("\n");
  });
  return `${notice}${say.head(needs(language))}\n${sections.join("\n")}`;
}

function table(title: string, fields: Field[], language: Language): string {
  const say = callWords[language];
  if (fields.length === 0) return `${say.nothing(title)}\n`;
  const rows = fields.map(
    ({ path, required, what, about }) =>
      `| \`${path}\` | ${required ? say.yes : ""} | ${say.type(what)} | ${say.about(about)} |`,
  );
  return `${say.titled(title)}\n\n| ${say.columns.join(" | ")} |\n|---|---|---|---|\n${rows.join("\n")}\n`;
}

const example = (body: object) => `\`\`\`json\n${JSON.stringify(body, null, 2)}\n\`\`\`\n`;

function needs(language: Language): string {
  const rows = Object.entries(neededByType).map(([type, needed]) => {
    const fields = needed.map((need) => `\`${need.path.split(".").at(-1)}\``);
    return `| ${type} | ${fields.join(", ")} |`;
  });
  return `| ${callWords[language].needs.join(" | ")} |\n|---|---|\n${rows.join("\n")}`;
}

/** The reference page of the error codes. */
export function renderCodes(language: Language): string {
  const rows = Object.entries(codes)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([code, { text, when, ...again }]) => {
      const means = language === "zh" ? explanations[Number(code) as Errcode].zh.means : when;
      return `| ${code} | ${text} | ${means} | ${again.retry ? pause(again.after, language) : ""} |`;
    });
  const head = language === "zh" ? codesInChinese(BACK_OFF_MS) : codesInEnglish(BACK_OFF_MS);
  return `${notice}${head}\n${rows.join("\n")}\n`;
}

function pause(after: number | null, language: Language): string {
  if (after === null) return language === "zh" ? "退避重试" : "back off";
  return language === "zh" ? `${after} 秒后` : `after ${after} s`;
}

/** Every generated page by its place in the repository. */
export const pages = (): Record<string, string> => ({
  "docs/callback.md": renderCallback("en"),
  "docs/callback.zh-CN.md": renderCallback("zh"),
  "docs/reference/admin.md": renderAdmin(),
  "docs/reference/admin-openapi.json": renderAdminOpenapi(),
  "docs/reference/calls.md": renderCalls("en"),
  "docs/reference/calls.zh-CN.md": renderCalls("zh"),
  "docs/reference/codes.md": renderCodes("en"),
  "docs/reference/codes.zh-CN.md": renderCodes("zh"),
  "docs/reference/openapi.json": renderOpenapi(),
  "docs/reference/worked-examples.md": `${noticeOfExamples}${renderWorkedExamples("en")}`,
  "docs/reference/worked-examples.zh-CN.md": `${noticeOfExamples}${renderWorkedExamples("zh")}`,
});
