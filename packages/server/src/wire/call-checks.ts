import { type RefusalCode, refusals } from "../domain/outcome.ts";
import type { CheckFacts, CheckStep, LoggedCall } from "../domain/sandbox/call-log.ts";
import { refusalsInChinese } from "./refusals-zh.ts";

/** A check of a call as it is told to people. */
export type ToldCheck = {
  check: CheckStep;
  result: "passed" | "failed" | "skipped";
  /** Which refusal a rule gave, if one did. */
  code: RefusalCode | null;
  en: string;
  zh: string;
};

/** What is checked of a call, in order. */
const stepsOf = (call: string): readonly CheckStep[] =>
  call === "token" ? ofToken : call === "stable_token" ? ofStableToken : ofCall;
const ofToken: readonly CheckStep[] = ["route", "method", "appid", "grant", "secret", "rules"];
const ofStableToken: readonly CheckStep[] = [
  ...(["route", "method", "body", "json", "fields", "appid", "grant", "secret", "rules"] as const),
];
const ofCall: readonly CheckStep[] = [
  ...(["route", "method", "token", "callback", "room", "body", "json", "fields", "rules"] as const),
];

/** Which refusals a call can come to, in their order of precedence, where all of them are asked in it. */
export const rulesOf: Readonly<Record<string, readonly RefusalCode[]>> = {
  claim: [
    "app_claims_exceeded",
    "person_claims_exceeded",
    "request_exists",
    "unknown_coupon",
    "not_active",
    "paused",
    "not_claimable_yet",
    "no_longer_claimable",
    "sold_out",
    "person_limit",
    "merchant_declined",
    "merchant_mismatched",
    "merchant_timed_out",
    "merchant_unreachable",
  ],
  token: ["secret_changed", "quota_exhausted"],
  stable_token: ["secret_changed", "quota_exhausted"],
  update: ["unknown_coupon", "not_editable"],
  update_status: ["unknown_coupon", "forbidden_coupon_transition"],
  update_coupon_stock: ["unknown_coupon", "never_activated"],
  update_usercoupon_status: ["unknown_user_coupon", "forbidden_user_coupon_transition", "locked"],
};

/** What was checked of a call, in order, as far as it came. */
export function tellChecks(call: LoggedCall): ToldCheck[] {
  const steps = stepsOf(call.call);
  const end = steps.indexOf(call.ended);
  return steps.slice(0, end + 1).map((check, at): ToldCheck => {
    const facts = call.facts[check] ?? {};
    if (at === end && call.code !== 0) return failed(call, check, facts);
    if (check === "callback" && facts.required === 0)
      return told(check, "skipped", "no confirmed callback is required", "不要求先确认回调");
    return told(check, "passed", ...passed[check](facts, call));
  });
}

const told = (check: CheckStep, result: ToldCheck["result"], en: string, zh: string): ToldCheck => ({
  check,
  result,
  code: null,
  en,
  zh,
});

type Words = readonly [en: string, zh: string];

/** What it means that a check was passed. */
const passed: Record<CheckStep, (facts: CheckFacts, call: LoggedCall) => Words> = {
  route: (_, { call }) => [`there is a call ${call}`, `接口 ${call} 存在`],
  method: (_, { request: { method } }) => [`the method is ${method}`, `请求方法为 ${method}`],
  token: ({ kind, expires_in }) =>
    expires_in === undefined
      ? ["access_token is good", "access_token 有效"]
      : [
          `access_token (${kind}) is good for ${expires_in} s more`,
          `access_token（${kind}）有效，剩余 ${expires_in} 秒`,
        ],
  callback: () => ["the callback is confirmed", "回调已确认"],
  room: () => ["there is room for the call", "并发未超限"],
  body: (_, { request: { body } }) => [
    `the body came, ${body?.bytes ?? 0} bytes`,
    `请求体已读取，${body?.bytes ?? 0} 字节`,
  ],
  json: () => ["the body is JSON", "请求体是 JSON"],
  fields: () => ["the fields are as they must be", "字段齐全且格式正确"],
  appid: () => ["there is such an app", "appid 存在"],
  grant: () => ["grant_type is client_credential", "grant_type 为 client_credential"],
  secret: () => ["the secret is the app's", "secret 正确"],
  rules: () => ["no rule is against it", "业务规则全部通过"],
};

/** What a check that fails asks for; why it failed is in the errmsg beside it. */
const wanted: Record<CheckStep, Words> = {
  route: ["no call lives at this path", "没有这个接口，请检查路径"],
  method: ["the method is not the one that the call takes", "请求方法不对"],
  token: ["access_token is missing, unknown, superseded or expired", "access_token 缺失、无效、已被替换或已过期"],
  callback: ["the callback is not confirmed", "回调尚未确认"],
  room: ["there is no room for the call now", "当前并发已满"],
  body: ["the body is missing, or could not be read", "请求体缺失或无法读取"],
  json: ["the body is not JSON", "请求体不是合法的 JSON"],
  fields: ["a field is not as it must be", "有字段缺失或格式不对"],
  appid: ["there is no such app", "appid 不存在"],
  grant: ["grant_type is not client_credential", "grant_type 不是 client_credential"],
  secret: ["the secret is missing or not the app's", "secret 缺失或不正确"],
  rules: ["it could not be done now", "暂时无法完成"],
};

function failed(call: LoggedCall, check: CheckStep, facts: CheckFacts): ToldCheck {
  const { said, refused } = call;
  const [en, zh] = wanted[check];
  const why = said === null ? "" : said.replace(/ rid: \S*$/, "");
  if (refused === null) return told(check, "failed", why ? `${en}: ${why}` : en, why ? `${zh}：${why}` : zh);
  const because = Object.entries(facts).map(([name, value]) => `${name} ${value}`);
  const shown = because.length > 0 ? ` (${because.join(", ")})` : "";
  const before = askedBefore(call.call, refused);
  const [passedEn, passedZh] =
    before.length === 0
      ? ["", ""]
      : [` Asked before it, and passed: ${before.join(", ")}.`, ` 在它之前已通过：${before.join("、")}。`];
  return {
    check,
    result: "failed",
    code: refused,
    en: `${refused}: ${refusals[refused].means}${shown}${passedEn}`,
    zh: `${refused}：${refusalsInChinese[refused]}${shown}${passedZh}`,
  };
}

/** The refusals that were asked for before one that was given, none of which held. */
function askedBefore(call: string, refused: RefusalCode): readonly RefusalCode[] {
  const rules = rulesOf[call] ?? [];
  return rules.slice(0, Math.max(0, rules.indexOf(refused)));
}
