import { z } from "zod";

const chinese = new Map<string, string>();

/**
 * The English of what is wrong with a field, its Chinese kept for {@link inChinese}: a schema carries one text. Only for
 * texts of a fixed set, since all of them are kept.
 */
export function inBoth(en: string, zh: string): string {
  chinese.set(en, zh);
  return en;
}

/** The Chinese of a text that was said by {@link inBoth}. */
export const inChinese = (en: string): string | undefined => chinese.get(en);

/** The Chinese of a detail that names a field and goes on with what is wrong; as it is where it has none. */
export function detailInChinese(detail: string): string {
  const [, field = "", wrong = ""] = /^(\S+?):? (.*)$/s.exec(detail) ?? [];
  const whole = inChinese(detail) ?? brokenInChinese(detail);
  if (whole !== undefined) return whole;
  const ofField = inChinese(wrong) ?? brokenInChinese(wrong);
  return ofField === undefined ? detail : `${field} ${ofField}`;
}

/** Where JSON broke, in Chinese. */
function brokenInChinese(wrong: string): string | undefined {
  const [, at, line, column] = /^must be JSON(?:; it breaks at position (\d+)(?: \(line (\d+) column (\d+)\))?)?$/.exec(
    wrong,
  ) ?? [wrong];
  if (!wrong.startsWith("must be JSON")) return undefined;
  const place = line === undefined ? "" : `（第 ${line} 行第 ${column} 列）`;
  return at === undefined ? "必须是 JSON" : `必须是 JSON；在位置 ${at}${place}出错`;
}

const { localeError } = z.locales.zhCN();

/** The Chinese of an issue of a schema that has no words of its own. */
export function zodInChinese(issue: z.core.$ZodIssue): string {
  const said = localeError(issue as z.core.$ZodRawIssue);
  return (typeof said === "string" ? said : said?.message) ?? issue.message;
}
