import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { askAs } from "../../testing/tokens.ts";
import { badBytes, oddButGood } from "./bad-bytes.ts";
import { callNames, dump, goodBodies, OPENED_AT, openShop, type Shop, send } from "./support/shop.ts";

const TOKEN_LIFE = 7200;
const OVERLAP = 300;

/** Bodies that a call reads as `{}` if it needs nothing of a body (protocol.md section 1), and what confirm says then. */
const UNSET_BODIES = [
  "no body",
  "an empty body",
  "an empty body of told length",
  "an empty stream",
  "null",
  "an array",
];
const NO_CALLBACK = [1090056, "no callback URL"] as const;

describe.each(callNames)("%s in a bad envelope", (call) => {
  let shop: Shop;
  /** The app's tokens, oldest first; the last is in force. */
  const tokens: string[] = [];
  const good = JSON.stringify(goodBodies[call]);
  const bodyNotNeeded = call === "confirm";
  const current = () => tokens.at(-1) as string;
  beforeAll(async () => {
    shop = await openShop();
    tokens.push(shop.app.accessToken);
    for (let i = 0; i < 2; i++) tokens.push((await askAs(shop.server, shop.app)).access_token as string);
  });
  afterEach(() => {
    shop.clock.now = OPENED_AT;
  });
  afterAll(() => shop.server.close());

  async function expectRefused(path: string, query: string, init: RequestInit, errcode: number, text: string) {
    const before = await dump(shop.server);
    const reply = await send(shop.server, path, query, init);
    expect(reply).toMatchObject({ status: 200, errcode });
    expect(reply.errmsg).toContain(text);
    expect(reply.errmsg).toMatch(/ rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/);
    expect(await dump(shop.server)).toBe(before);
  }

  const altered = (token: string) => token.slice(0, -1) + (token.endsWith("A") ? "B" : "A");
  const inPlaceOfToken: [string, number, () => string][] = [
    ["no query", 41001, () => ""],
    ["another parameter", 41001, () => `?token=${current()}`],
    ["the parameter's name in capitals", 41001, () => `?ACCESS_TOKEN=${current()}`],
    ["an empty token", 41001, () => "?access_token="],
    ["a name without a value", 41001, () => "?access_token"],
    ["a word", 40001, () => "?access_token=token"],
    ["an altered token", 40001, () => `?access_token=${altered(current())}`],
    ["a token cut short", 40001, () => `?access_token=${current().slice(0, -1)}`],
    ["a token and more", 40001, () => `?access_token=${current()}A`],
    ["a token of an app that is not here", 40001, () => `?access_token=wx_nobody.${current().split(".")[1]}`],
    ["a token of the right form with a NUL", 40001, () => `?access_token=${current()}%00`],
    ["a token superseded twice", 40001, () => `?access_token=${tokens[0]}`],
    ["a broken percent sign", 40001, () => "?access_token=%zz%e0"],
    ["a token of 8000 characters", 40001, () => `?access_token=${"x".repeat(8000)}`],
  ];
  it.each(inPlaceOfToken)("%s: %i", (_, errcode, query) =>
    expectRefused(
      call,
      query(),
      { method: "POST", body: good },
      errcode,
      errcode === 41001 ? "access_token missing" : "access_token is invalid or not latest",
    ),
  );

  it("a token that stands in the body only: 41001", () => {
    const body = JSON.stringify({ access_token: current(), ...goodBodies[call] });
    return expectRefused(call, "", { method: "POST", body }, 41001, "access_token missing");
  });

  it("a token that stands in a header only: 41001", () => {
    const headers = { authorization: `Bearer ${current()}`, "access-token": current() };
    return expectRefused(call, "", { method: "POST", body: good, headers }, 41001, "access_token missing");
  });

  // An empty body tells a good token from a bad one without changing anything: 44002, or that no callback is set where
  // nothing is needed of a body.
  const ageing: [string, number, token: number, at: number][] = [
    ["the current token in its last second", 44002, 2, TOKEN_LIFE - 1],
    ["the current token at its end", 42001, 2, TOKEN_LIFE],
    ["the current token long after", 42001, 2, 10 * TOKEN_LIFE],
    ["the previous token in the last second of the overlap", 44002, 1, OVERLAP - 1],
    ["the previous token after the overlap", 40001, 1, OVERLAP],
    ["the token before it, at once", 40001, 0, 0],
  ];
  it.each(ageing)("%s: %i", (_, errcode, token, at) => {
    shop.clock.now = OPENED_AT + at;
    const texts: Record<number, string> = { 44002: "empty post data", 42001: "access_token expired" };
    const text = texts[errcode] ?? "access_token is invalid or not latest";
    const [toldCode, told] = bodyNotNeeded && errcode === 44002 ? NO_CALLBACK : [errcode, text];
    return expectRefused(call, `?access_token=${tokens[token]}`, { method: "POST" }, toldCode, told);
  });

  it.each(["GET", "PUT", "PATCH", "DELETE", "OPTIONS"])("%s: 43002", (method) => {
    const init = method === "GET" ? { method } : { method, body: good };
    return expectRefused(call, `?access_token=${current()}`, init, 43002, "require POST method");
  });

  it("HEAD: 200 without a body", async () => {
    const before = await dump(shop.server);
    const response = await shop.server.fetch(`/shop/coupon/${call}?access_token=${current()}`, { method: "HEAD" });
    expect([response.status, await response.text()]).toEqual([200, ""]);
    expect(await dump(shop.server)).toBe(before);
  });

  const elsewhere = [
    `/shop/coupon/${call}/`,
    `/shop/coupon//${call}`,
    `//shop/coupon/${call}`,
    `/shop/coupon/${call}x`,
    `/shop/coupon/${call}/x`,
    `/shop/coupon/${call.toUpperCase()}`,
    `/shop/coupon/${call.replaceAll("_", "-")}-`,
    `/shop/${call}`,
    `/coupon/${call}`,
    `/${call}`,
  ];
  it.each(elsewhere)("at %s: 40066", async (path) => {
    const query = `?access_token=${current()}`;
    await expectRefused(path, query, { method: "POST", body: good }, 40066, "invalid url");
    await expectRefused(path, "", { method: "GET" }, 40066, "invalid url");
  });

  it.each(badBytes(goodBodies[call]))("%s: %i", (name, errcode, init, names) => {
    const [toldCode, told] = bodyNotNeeded && UNSET_BODIES.includes(name) ? NO_CALLBACK : [errcode, names];
    return expectRefused(call, `?access_token=${current()}`, { method: "POST", ...init() }, toldCode, told);
  });
});

describe.each(["get", "get_list", "get_usercoupon_list"] as const)("%s in an odd envelope", (call) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.server.close());

  it.each(oddButGood(goodBodies[call]))("%s", async (_, init) => {
    const query = `?access_token=${shop.app.accessToken}`;
    expect(await send(shop.server, call, query, { method: "POST", ...init() })).toMatchObject({ errcode: 0 });
  });

  it("the token beside other parameters", async () => {
    const query = `?lang=zh_CN&access_token=${encodeURIComponent(shop.app.accessToken)}&x=%zz`;
    const init = { method: "POST", body: JSON.stringify(goodBodies[call]) };
    expect(await send(shop.server, call, query, init)).toMatchObject({ errcode: 0 });
  });
});
