import { createCipheriv, randomBytes } from "node:crypto";
import { signPush } from "@quanku/protocol/callback";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AppSettings } from "../../src/domain/records.ts";
import { type Answer, type Asked, decision, shared, write } from "../../testing/fake-merchant.ts";
import { startAsking } from "./asking.ts";

const NOW = 1_795_000_000;
let asking: Awaited<ReturnType<typeof startAsking>>;
let requests = 0;
let requestId = "";
beforeAll(async () => {
  asking = await startAsking({ clock: () => NOW });
});
afterAll(() => asking.close());
beforeEach(() => {
  requestId = `request-${++requests}`;
});

type Case = { reply: string; answer: Answer; problem: string | RegExp; settings?: Partial<AppSettings> };

const json = (asked: Asked, changed: Record<string, unknown> = {}) => write(decision(asked, changed), "json");
const sealed =
  (wrong: Parameters<typeof asking.merchant.seal>[1]): Answer =>
  (asked) =>
    asking.merchant.seal(json(asked), { TimeStamp: NOW, ...wrong });
const without =
  (name: string): Answer =>
  (asked) =>
    json(asked, { [name]: undefined });
const body =
  (text: string | Buffer): Answer =>
  () =>
    text;

const secure = { messageMode: "secure" } as const;
/** An envelope around what is encrypted already. */
const around = (Encrypt: string, wrong = {}) => asking.merchant.seal("", { Encrypt, TimeStamp: NOW, ...wrong });
/** The bytes that are encrypted: random, length, message, appid, padding; each wrong on its own. */
function envelope(asked: Asked, wrong: { length?: number; padding?: number }): string {
  const key = Buffer.from(`${shared.encodingAesKey}=`, "base64");
  const message = Buffer.from(json(asked));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(wrong.length ?? message.length);
  const plain = Buffer.concat([randomBytes(16), length, message, Buffer.from(shared.appid)]);
  const missing = 32 - (plain.length % 32);
  const cipher = createCipheriv("aes-256-cbc", key, key.subarray(0, 16)).setAutoPadding(false);
  const padding = Buffer.alloc(missing, wrong.padding ?? missing);
  return Buffer.concat([cipher.update(Buffer.concat([plain, padding])), cipher.final()]).toString("base64");
}

const contents: Case[] = [
  { reply: "success", answer: body("success"), problem: /acknowledges but decides nothing: answer request_id/ },
  { reply: "empty", answer: body(""), problem: /is empty, which decides nothing: answer request_id/ },
  { reply: "empty, in secure mode", answer: body(" \n"), problem: /is empty/, settings: secure },
  { reply: "words", answer: body("give them one"), problem: /neither JSON nor XML/ },
  { reply: "a JSON list", answer: body("[1]"), problem: /its JSON is no object/ },
  {
    reply: "broken XML",
    answer: body("<xml>\n<ret_code>0</xml>"),
    problem: /the reply cannot be read: it is not well-formed XML \(line 2\)/,
  },
  { reply: "XML of text", answer: body("<xml>0</xml>"), problem: /one element that holds the fields/ },
  { reply: "two XML documents", answer: body("<a><b>1</b></a><c/>"), problem: /one element that holds the fields/ },
  {
    reply: "XML with a field twice",
    answer: (asked) => write(decision(asked), "xml").replace("<xml>", "<xml><request_id>request</request_id>"),
    problem: /"request_id" must stand in its XML once/,
  },
  {
    reply: "XML with fields in a field",
    answer: (asked) => `<xml><result>${write(decision(asked), "xml")}</result></xml>`,
    problem: /"result" must stand in its XML once, and hold text alone/,
  },
  {
    reply: "XML with a DOCTYPE",
    answer: (asked) => `<!DOCTYPE xml>${write(decision(asked), "xml")}`,
    problem: /DOCTYPE, which is not accepted/,
  },
  {
    reply: "XML that declares an entity",
    answer: ({ event }) =>
      `<!DOCTYPE xml [<!ENTITY id "${event.request_id}">]><xml><request_id>&id;</request_id></xml>`,
    problem: /DOCTYPE, which is not accepted/,
  },
  {
    reply: "XML with an entity that nobody declared",
    answer: (asked) => write(decision(asked), "xml").replace(/<!\[CDATA\[coupon-1\]\]>/, "coupon&ndash;1"),
    problem: 'out_coupon_id is "coupon&ndash;1", expected "coupon-1"',
  },
  { reply: "bytes that are no UTF-8", answer: body(Buffer.from([0x7b, 0xff, 0x7d])), problem: /no text in UTF-8/ },
  {
    reply: "another request_id",
    answer: (a) => json(a, { request_id: "r2" }),
    problem: /^request_id is "r2", expected "request-\d+"$/,
  },
  {
    reply: "request_id as a number",
    answer: (a) => json(a, { request_id: 12 }),
    problem: /^request_id is "12", expected "request-/,
  },
  { reply: "no request_id", answer: without("request_id"), problem: /^request_id is missing, expected "request-/ },
  {
    reply: "another coupon",
    answer: (a) => json(a, { out_coupon_id: "c".repeat(99) }),
    problem: /^out_coupon_id is "c{64}…", expected "coupon-1"$/,
  },
  {
    reply: "neither ret_code nor coupon",
    answer: (a) => json(a, { ret_code: undefined, out_user_coupon_id: undefined }),
    problem: /^out_user_coupon_id is missing, expected/,
  },
  {
    reply: "no ret_code, and another request_id",
    answer: (a) => json(a, { ret_code: undefined, request_id: "r2" }),
    problem: /^request_id is "r2", expected/,
  },
  {
    reply: "a ret_code that declines another request",
    answer: (a) => json(a, { ret_code: 1090029, request_id: "r2" }),
    problem: /^request_id is "r2", expected/,
  },
  {
    reply: "a ret_code that gives without request_id",
    answer: (a) => json(a, { ret_code: 0, request_id: "" }),
    problem: /^request_id is "", expected/,
  },
  { reply: "ret_code OK", answer: (a) => json(a, { ret_code: "OK" }), problem: /^ret_code is "OK", expected 0/ },
  { reply: "ret_code 0.5", answer: (a) => json(a, { ret_code: 0.5 }), problem: /^ret_code is 0.5, expected 0/ },
  { reply: "ret_code false", answer: (a) => json(a, { ret_code: false }), problem: /^ret_code is false, expected 0/ },
  { reply: "ret_code empty", answer: (a) => json(a, { ret_code: "" }), problem: /^ret_code is "", expected 0/ },
  {
    reply: "no coupon",
    answer: without("out_user_coupon_id"),
    problem: /^out_user_coupon_id is missing, expected .* 1-128/,
  },
  {
    reply: "an empty coupon",
    answer: (a) => json(a, { out_user_coupon_id: "" }),
    problem: /^out_user_coupon_id is "", expected/,
  },
  {
    reply: "a long coupon",
    answer: (a) => json(a, { out_user_coupon_id: "u".repeat(129) }),
    problem: /^out_user_coupon_id is "u{64}…", /,
  },
  {
    reply: "a coupon no store keeps",
    answer: (a) => json(a, { out_user_coupon_id: "\0" }),
    problem: /^out_user_coupon_id is "\\u0000", /,
  },
];

const envelopes: Case[] = [
  {
    reply: "not encrypted",
    answer: (asked) => json(asked),
    problem: /not encrypted, and .* mode is secure: answer Encrypt/,
  },
  {
    reply: "encrypted without a key here",
    answer: sealed({}),
    problem: /no EncodingAESKey/,
    settings: { messageMode: "plain", encodingAesKey: null },
  },
  {
    reply: "with a wrong signature",
    answer: sealed({ MsgSignature: "0".repeat(40) }),
    problem: /^MsgSignature is "0{40}", expected sha1 .* sorted and joined$/,
  },
  {
    reply: "signed with another token",
    answer: sealed({ token: "another" }),
    problem: /^MsgSignature is "[0-9a-f]{40}", expected/,
  },
  {
    reply: "signed without Encrypt",
    answer: (a) => around(envelope(a, {}), { Nonce: "1", MsgSignature: signPush(shared.token, `${NOW}`, "1") }),
    problem: /^MsgSignature is /,
  },
  {
    reply: "without a Nonce",
    answer: (a) => asking.merchant.seal(json(a)).replace("Nonce", "nonsense"),
    problem: /^Nonce is nothing: an encrypted reply has/,
  },
  {
    reply: "with a TimeStamp of 301 s ago",
    answer: sealed({ TimeStamp: NOW - 301 }),
    problem: /^TimeStamp is "\d{10}", expected Unix seconds within 300 of 1795000000$/,
  },
  { reply: "with a TimeStamp of 301 s ahead", answer: sealed({ TimeStamp: NOW + 301 }), problem: /^TimeStamp is/ },
  {
    reply: "with a TimeStamp in milliseconds",
    answer: sealed({ TimeStamp: NOW * 1000 }),
    problem: /^TimeStamp is "\d{13}", expected Unix seconds/,
  },
  {
    reply: "for another appid",
    answer: sealed({ appid: "wx_another" }),
    problem: "Encrypt is made for appid wx_another, not wx_merchant",
  },
  {
    reply: "with another key",
    answer: sealed({ encodingAesKey: "B".repeat(43) }),
    problem: /^Encrypt has bad padding: is it made with another EncodingAESKey\?$/,
  },
  { reply: "that is not base64", answer: sealed({ Encrypt: "Q*".repeat(32) }), problem: /^Encrypt is not base64/ },
  { reply: "of base64 for URLs", answer: sealed({ Encrypt: "-_".repeat(32) }), problem: /^Encrypt is not base64/ },
  {
    reply: "that was cut off",
    answer: (a) => around(envelope(a, {}).slice(0, 40)),
    problem: "Encrypt is base64 of 30 bytes, not of whole AES blocks of 16: was it cut off?",
  },
  {
    reply: "with bad padding",
    answer: (a) => around(envelope(a, { padding: 33 })),
    problem: /^Encrypt has bad padding/,
  },
  {
    reply: "with a wrong length",
    answer: (a) => around(envelope(a, { length: 9999 })),
    problem: "Encrypt holds a message shorter than it says",
  },
  {
    reply: "of success",
    answer: () => asking.merchant.seal("success", { TimeStamp: NOW }),
    problem: /^the decrypted reply is success, which acknowledges/,
  },
  {
    reply: "of nothing",
    answer: () => asking.merchant.seal("", { TimeStamp: NOW }),
    problem: /^the decrypted reply is empty/,
  },
];

describe.each([
  ["a reply", contents, {}],
  ["an encrypted reply", envelopes, secure],
] as const)("%s that cannot be relied on", (_, cases, settings) => {
  it.each(cases as Case[])("is mismatched, with words: $reply", async ({ answer, problem, settings: own }) => {
    asking.merchant.script(requestId, answer);
    const told = await asking.ask(requestId, { ...settings, ...own });
    expect(told.answer).toEqual({
      answer: "mismatched",
      problem: typeof problem === "string" ? problem : expect.stringMatching(problem),
    });
    expect(told.attempt).toMatchObject({
      status: 200,
      verdict: "mismatched",
      reason: (told.answer as { problem: string }).problem,
    });
    expect(told.attempt.reply).not.toBeNull();
  });
});

describe("an encrypted reply", () => {
  it("within 300 s of our time is taken", async () => {
    for (const off of [-300, 300]) {
      asking.merchant.script(requestId, sealed({ TimeStamp: NOW + off }));
      expect((await asking.ask(requestId, secure)).answer.answer).toBe("granted");
    }
  });

  it("answers a request again, but never another one", async () => {
    const { merchant } = asking;
    let first = "";
    merchant.script(requestId, (asked) => {
      first ||= merchant.reply(asked, decision(asked));
      return first;
    });
    const answers = [await asking.ask(requestId, secure), await asking.ask(requestId, secure)];
    expect(answers.map(({ answer }) => answer.answer)).toEqual(["granted", "granted"]);
    merchant.script("another", () => first);
    const { answer, attempt } = await asking.ask("another", secure);
    expect(answer).toMatchObject({ answer: "mismatched", problem: expect.stringContaining("replayed") });
    expect(attempt.read).toContain(requestId);
  });
});
