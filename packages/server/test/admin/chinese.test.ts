import { adminRoot, parametersOf, type RouteName, routeNames, routeOf } from "@quanku/protocol/admin";
import { inChinese } from "@quanku/protocol/calls";
import { describe, expect, it, onTestFinished } from "vitest";
import type { RefusalCode } from "../../src/domain/outcome.ts";
import { refusals } from "../../src/domain/outcome.ts";
import { readInput } from "../../src/http/admin/input.ts";
import { languageOf } from "../../src/http/admin/language.ts";
import { type FieldFault, isProblem, problemOf, problemResponse } from "../../src/http/admin/problem.ts";
import { coupon } from "../../testing/coupons.ts";
import { browse, makeOperator, signIn } from "../../testing/operators.ts";
import { startTestServer } from "../../testing/server.ts";

/** Whether a text is Chinese, and no sentence of English is left in it. */
const isChinese = (text: string) => /\p{Script=Han}/u.test(text) && !/\b(must|is|has|the|expected)\b/i.test(text);

const long = "x".repeat(5000);
/** Values of which each is wrong for many a member. */
const wrongs: readonly unknown[] = [
  undefined,
  null,
  "",
  long,
  "\ud800",
  "no such",
  -1,
  0.5,
  2 ** 40,
  true,
  {},
  { other: 1 },
  [],
  [1, "", long],
  Array.from({ length: 2000 }, () => "x"),
];

/** A fault, and the call that told it. */
type Told = FieldFault & { name: string };

/** Everything that is wrong with what calls are given, each with each of the wrong values. */
function* faults(name: RouteName): Generator<Told> {
  const { query, body } = routeOf(name);
  const told = (given: Parameters<typeof readInput>[1]) => {
    const read = readInput(name, given);
    return isProblem(read) ? (read.errors ?? []).map((fault) => ({ name, ...fault })) : [];
  };
  const path = Object.fromEntries(parametersOf(name).map((one) => [one, "a"]));
  for (const wrong of wrongs) {
    for (const one of parametersOf(name))
      yield* told({ path: { ...path, [one]: wrong as string }, query: {}, body: {} });
    for (const member of Object.keys(query?.shape ?? {})) yield* told({ path, query: { [member]: wrong }, body: {} });
    for (const member of Object.keys(body?.shape ?? {})) yield* told({ path, query: {}, body: { [member]: wrong } });
    yield* told({ path, query: { nonsense: "1" }, body: wrong });
  }
}

const stock = { total_num: 10, limit_num_one_person: 1, start_time: 1, end_time: 2 };

/** Coupons with something wrong at each place, and of each type. */
function* wrongCoupons(): Generator<unknown> {
  const whole = coupon("c", stock, { valid_info: { valid_type: 1, start_time: 1, end_time: 2 } });
  const places = [...placesIn(whole)];
  for (const place of places) for (const wrong of wrongs) yield changed(whole, place, wrong);
  for (const type of [1, 2, 3, 4, 5, 6, 101, 102, 103, 104])
    for (const discount of [{}, { discount_num: 10_000, discount_fee: 0 }]) {
      const condition = { product_cnt: 0, product_price: 0, buyget_info: { buy_product_cnt: 0, get_product_cnt: 0 } };
      yield coupon("c", stock, { type, discount_info: { ...discount, discount_condition: condition } });
      yield coupon("c", stock, { type, discount_info: discount });
    }
  for (const valid_info of [
    { valid_type: 1 },
    { valid_type: 1, start_time: 3, end_time: 2 },
    { valid_type: 2 },
    { valid_type: 3, valid_second: 0 },
  ])
    yield coupon("c", stock, { valid_info });
}

function* placesIn(value: object, before: readonly string[] = []): Generator<readonly string[]> {
  for (const [key, member] of Object.entries(value)) {
    yield [...before, key];
    if (typeof member === "object" && member !== null) yield* placesIn(member, [...before, key]);
  }
}

function changed(value: object, [first, ...rest]: readonly string[], to: unknown): object {
  const key = first as keyof typeof value;
  return { ...value, [key]: rest.length === 0 ? to : changed(value[key], rest, to) };
}

describe("in Chinese is told", () => {
  it("every kind of fault of what is given", () => {
    const all = routeNames.flatMap((name) => [...faults(name)]);
    for (const sent of wrongCoupons()) {
      const read = readInput("addCoupon", { path: { appid: "a" }, query: {}, body: { coupon: sent } });
      if (isProblem(read)) all.push(...(read.errors ?? []).map((fault) => ({ name: "addCoupon", ...fault })));
    }
    const kinds = new Map(all.map((fault) => [fault.detail, fault]));
    expect(kinds.size).toBeGreaterThan(60);
    expect([...kinds.values()].filter(({ zh }) => !isChinese(zh))).toEqual([]);
    const ofSchemasOwn = /^(Invalid|Too) /;
    const worded = [...kinds.keys()].filter((detail) => !ofSchemasOwn.test(detail));
    expect(worded.filter((detail) => inChinese(detail) === undefined)).toEqual([]);
  });

  it.each(Object.keys(refusals) as RefusalCode[])("the refusal %s", (refused) => {
    const time = { opens: 5, ended: 5, ours: 5, theirs: 5, now: 5, limit: 5, until: 5 };
    const settings = { missing: "callbackUrl", needed: "claimMode" };
    const to = refused.startsWith("clock_") ? 6 : "active";
    const { zh, detail } = problemOf({ refused, facts: { id: "c", status: "draft", to, ...time, ...settings } });
    expect(zh).toSatisfy(isChinese);
    expect(detail).not.toBe(zh);
  });

  it("every title", async () => {
    for (const status of [400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503] as const) {
      const response = problemResponse({ status, problem: "p", detail: "no", zh: "不行" }, "rid", "zh");
      expect(response.headers.get("content-language")).toBe("zh");
      const { title } = (await response.json()) as { title: string };
      expect(title).toSatisfy(isChinese);
    }
  });

  it.each([
    ["zh", "zh"],
    ["zh-CN,zh;q=0.9,en;q=0.8", "zh"],
    [" ZH-hant", "zh"],
    ["en-US,zh", "en"],
    ["zhuang", "en"],
    ["", "en"],
    [undefined, "en"],
  ])("whoever accepts %j is answered in %s", (accepted, language) => {
    expect(languageOf(accepted)).toBe(language);
  });

  it("what an operator is answered who asks for it, and English to all others", async () => {
    const server = await startTestServer({ adapter: "memory" });
    onTestFinished(() => server.close());
    await server.createApp("wx_a");
    await makeOperator(server, "boss");
    const cookie = await signIn(server, "boss");
    const ask = async (path: string, language?: string) => {
      const headers = { cookie, ...(language && { "accept-language": language }) };
      const response = await browse(server, "GET", path, { headers });
      return { language: response.headers.get("content-language"), ...((await response.json()) as object) };
    };
    const english = await ask("/apps/wx_a/coupons?limit=0.5&nonsense=1");
    expect(english).toMatchObject({
      language: null,
      title: "The request cannot be read",
      detail: "limit must be a whole number from 1 to 500",
      errors: [
        { field: "limit", detail: "must be a whole number from 1 to 500" },
        { field: "nonsense", detail: "is no parameter of this call" },
      ],
    });
    expect(await ask("/apps/wx_a/coupons?limit=0.5&nonsense=1", "zh-CN,en;q=0.5")).toMatchObject({
      language: "zh",
      title: "请求无法读取",
      detail: "limit 必须是 1 到 500 的整数",
      code: "invalid_field",
      errors: [
        { field: "limit", detail: "必须是 1 到 500 的整数" },
        { field: "nonsense", detail: "不是这个接口的参数" },
      ],
    });
    expect(await ask("/apps/wx_a/coupons/none", "zh")).toMatchObject({
      code: "unknown_coupon",
      detail: "该应用没有券 none",
    });
    expect(await ask("/nowhere", "zh")).toMatchObject({ code: "unknown_path", title: "没有找到" });
    expect(await ask("/apps/wx_a/coupons/none", "en, zh")).toMatchObject({
      detail: expect.stringContaining("is not in this app"),
    });
  });

  it("why a body is no JSON, and where it breaks", async () => {
    const server = await startTestServer({ adapter: "memory" });
    onTestFinished(() => server.close());
    await makeOperator(server, "boss");
    const response = await server.fetch(`${adminRoot}/session`, {
      method: "POST",
      body: '{"name": "boss",\n nonsense}',
      headers: { "content-type": "application/json", "accept-language": "zh" },
    });
    expect(await response.json()).toMatchObject({
      errors: [{ field: "body", detail: expect.stringMatching(/^必须是 JSON；在位置 \d+（第 2 行第 \d+ 列）出错$/) }],
    });
  });
});
