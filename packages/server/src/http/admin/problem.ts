import { inChinese } from "@quanku/protocol/calls";
import { errorText } from "@quanku/protocol/codes";
import { type Refusal, type RefusalCode, refusals } from "../../domain/outcome.ts";
import { tellRefusal } from "../../wire/refusals.ts";
import { tellInChinese } from "../../wire/refusals-told-zh.ts";
import type { Language } from "./language.ts";

/** What is wrong with one field of what was asked, in words and in Chinese ones. */
export type FieldFault = { field: string; detail: string; zh: string };

/** Why an operator's call was not done, as RFC 9457 tells it. It changed nothing. */
export type Problem = {
  status: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 422 | 429 | 500 | 503;
  /** What kind it is, for programs. */
  problem: string;
  /** In words, and what to do. */
  detail: string;
  /** The same in Chinese. */
  zh: string;
  errors?: readonly FieldFault[];
  /** After how many seconds to try again. */
  retryAfter?: number;
  headers?: Readonly<Record<string, string>>;
};

export const problem = (status: Problem["status"], kind: string, detail: string, zh: string): Problem => ({
  status,
  problem: kind,
  detail,
  zh,
});

/** Work that cannot be done now; `why` is said by a store or a queue, and may be nothing. Nothing was changed. */
export const busy = (why: string): Problem => ({
  ...problem(503, "busy", why || "too much work waits", `服务繁忙，请稍后再试${why && `（${why}）`}`),
  retryAfter: 1,
});

/** A fault whose words have their Chinese by `inBoth`. */
export const inBothOf = (field: string, detail: string): FieldFault => ({
  field,
  detail,
  zh: inChinese(detail) ?? detail,
});

/** A fault of one field. */
export const faultIn = (field: string, detail: string, zh: string): Problem => faultsIn([{ field, detail, zh }]);

/** Faults of several fields, at least one. */
export function faultsIn(errors: readonly FieldFault[]): Problem {
  const [first] = errors;
  const [detail, zh] = [`${first?.field} ${first?.detail}`, `${first?.field} ${first?.zh}`];
  return { status: 400, problem: "invalid_field", detail, zh, errors };
}

export const isProblem = (answer: object): answer is Problem => "problem" in answer;

const isUnknown = (code: RefusalCode): boolean => code.startsWith("unknown_");

/** A refusal of the rules as a problem; its words are the wire's. */
export function problemOf(refusal: Refusal): Problem {
  const { refused } = refusal;
  const told = tellRefusal(refusal);
  const words = [told.detail ?? errorText(told), tellInChinese(refusal)] as const;
  if (isUnknown(refused)) return problem(404, refused, ...words);
  return refusals[refused].transient && refused.endsWith("_exceeded")
    ? { ...problem(429, refused, ...words), retryAfter: 60 }
    : problem(409, refused, ...words);
}

/** Nothing that is answered is kept by a browser or a proxy, nor read as anything but what it says it is. */
export const always = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

/** A problem as a reply, under its request's id, in the language that was asked for. */
export function problemResponse(
  { status, problem, detail, zh, errors, retryAfter, headers: more }: Problem,
  rid: string,
  language: Language,
): Response {
  const isChinese = language === "zh";
  const headers: Record<string, string> = {
    ...always,
    ...more,
    "content-type": "application/problem+json; charset=utf-8",
  };
  if (isChinese) headers["content-language"] = "zh";
  if (retryAfter !== undefined) headers["retry-after"] = String(retryAfter);
  const title = titles[status][language];
  const body = JSON.stringify({
    type: `urn:quanku:problem:${problem}`,
    title,
    status,
    detail: isChinese ? zh : detail,
    code: problem,
    errors: errors?.map(({ field, detail, zh }) => ({ field, detail: isChinese ? zh : detail })),
    rid,
  });
  return new Response(body, { status, headers });
}

const titles: Record<Problem["status"], Record<Language, string>> = {
  400: { en: "The request cannot be read", zh: "请求无法读取" },
  401: { en: "Sign in first", zh: "请先登录" },
  403: { en: "Not allowed", zh: "没有权限" },
  404: { en: "Not found", zh: "没有找到" },
  405: { en: "Not a method of this path", zh: "这个路径不接受该方法" },
  409: { en: "Not possible as things are", zh: "当前状态下无法完成" },
  413: { en: "Too large", zh: "内容过大" },
  415: { en: "Not a media type that is read", zh: "不支持的内容类型" },
  422: { en: "The file cannot be read", zh: "文件无法读取" },
  429: { en: "Too many", zh: "次数过多" },
  500: { en: "Something went wrong here", zh: "服务器出错" },
  503: { en: "Busy", zh: "服务繁忙" },
};
