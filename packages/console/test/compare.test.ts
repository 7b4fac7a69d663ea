import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AppSettings } from "../../server/src/domain/records.ts";
import { showCallback } from "../../server/src/http/admin/callbacks.ts";
import { platformTest } from "../../server/src/wire/merchant.ts";
import { claimOf, merchantsApp, startAsking } from "../../server/test/callback/asking.ts";
import { type Answer, type Asked, decision, shared } from "../../server/testing/fake-merchant.ts";
import { compare } from "../src/pages/callbacks/compare.ts";
import { fieldsIn } from "../src/pages/callbacks/reply-fields.ts";
import { checkSignatures, sizesOf } from "../src/pages/callbacks/sealing.ts";
import { randomLetters } from "../src/parts/settings/keys.ts";

let asking: Awaited<ReturnType<typeof startAsking>>;
beforeAll(async () => {
  asking = await startAsking();
});
afterAll(() => asking.close());

type Given = { settings?: Partial<AppSettings>; purpose?: "claim" | "confirm"; url?: string };

/** What comes of asking a merchant that answers so: the server's own attempt, compared. */
async function compared(answer: Answer, { settings = {}, purpose = "claim", url = asking.merchant.url }: Given = {}) {
  asking.merchant.answer = answer;
  const claim = purpose === "claim" ? claimOf("request-1") : platformTest;
  const { attempt } = await asking.callbacks.ask(merchantsApp(settings), url, purpose, claim);
  const shown = showCallback({ ...attempt, nth: 1 });
  const { whole, rows } = compare(shown);
  const wrong = rows.filter(({ state }) => state === "wrong").map(({ name, mend }) => `${name} ${mend?.word}`);
  return { whole: whole?.word, wrong, verdict: shown.verdict, reason: shown.reason, rows };
}

const says = (changed: Record<string, unknown>, leave: string[] = []): Answer => {
  return (asked) => {
    const fields = Object.entries(decision(asked, changed)).filter(([name]) => !leave.includes(name));
    return asking.merchant.reply(asked, Object.fromEntries(fields));
  };
};
const secure: Given = { settings: { messageMode: "secure" } };
const confirm: Given = { purpose: "confirm" };
const sealed = (wrong: Parameters<(typeof asking)["merchant"]["seal"]>[1]): Answer => {
  return (asked: Asked) => asking.merchant.seal(JSON.stringify(decision(asked)), wrong);
};

/** What a merchant answers, the fields that are wrong with how each is mended, and what is wrong with the whole. */
const table: [what: string, answer: Answer, given: Given, wrong: string[], whole?: string][] = [
  ["a right reply", says({}), {}, []],
  ["a right reply in XML", says({}), { settings: { messageFormat: "xml" } }, []],
  ["a right reply that is encrypted", says({}), secure, []],
  ["ids that are numbers", says({ out_user_coupon_id: 12 }), {}, []],
  ["no ret_code", says({}, ["ret_code"]), {}, []],
  ["a refusal without ids", says({ ret_code: 1090030 }, ["request_id", "out_coupon_id"]), {}, []],
  ["another request_id", says({ request_id: "other" }), {}, ["request_id idOther"]],
  ["no out_coupon_id", says({}, ["out_coupon_id"]), {}, ["out_coupon_id idMissing"]],
  ["an id that is no text", says({ out_coupon_id: true }), {}, ["out_coupon_id idNoText"]],
  [
    "two wrong fields",
    says({ request_id: "x", out_user_coupon_id: "" }),
    {},
    ["request_id idOther", "out_user_coupon_id giftMissing"],
  ],
  ["an id that is too long", says({ out_user_coupon_id: "u".repeat(129) }), {}, ["out_user_coupon_id giftNoText"]],
  ["a ret_code in words", says({ ret_code: "ok" }), {}, ["ret_code codeNoNumber"]],
  ["the test, answered right", says({}), confirm, []],
  ["the test, taken for a claim", says({ out_user_coupon_id: "uc-1" }), confirm, ["out_user_coupon_id giftOfTest"]],
  ["the test, declined", says({ ret_code: 1090057 }), confirm, ["ret_code codeOfTest"]],
  ["nothing", () => "", {}, [], "empty"],
  ["success", () => "success", {}, [], "acknowledged"],
  ["HTML", () => "<html><body>hi<br></body></html>", {}, [], "badXml"],
  ["a text", () => "hello", {}, [], "neither"],
  ["an array", () => "[]", {}, [], "noObject"],
  ["bytes that are no text", () => Buffer.from([0xff, 0xfe]), {}, [], "notUtf8"],
  ["HTTP 500", () => ({ status: 500 }), {}, [], "httpFailed"],
  ["HTTP 404", () => ({ status: 404, body: "{}" }), {}, [], "httpNotThere"],
  ["a Token that differs", () => "", { settings: { callbackToken: "another" } }, [], "httpRefused"],
  ["a redirect", () => ({ status: 302, headers: { location: "/" } }), {}, [], "redirect"],
  ["a connection that ends", (_, response) => void response.destroy(), {}, [], "broken"],
  ["nobody there", says({}), { url: "http://127.0.0.1:1/callback" }, [], "refused"],
  ["no encryption in the secure mode", (asked) => JSON.stringify(decision(asked)), secure, [], "notSealed"],
  ["encrypted with another key", sealed({ encodingAesKey: "A".repeat(43) }), secure, ["Encrypt sealedKey"]],
  ["encrypted for another app", sealed({ appid: "wx_other" }), secure, ["Encrypt sealedAppid"]],
  ["signed with another Token", sealed({ token: "Other" }), secure, ["MsgSignature sealedSignature"]],
  ["signed long ago", sealed({ TimeStamp: 1 }), secure, ["TimeStamp sealedTime"]],
  ["no Nonce", sealed({ Nonce: "" }), secure, ["Nonce sealedMissing"]],
];

describe("what a merchant answered, as the server keeps it", () => {
  it.each(table)("%s", async (_, answer, given, wrong, whole) => {
    const found = await compared(answer, given);
    expect({ wrong: found.wrong, whole: found.whole }, found.reason).toEqual({ wrong, whole });
    const isFine =
      found.verdict === "granted" || found.verdict === "proved" || (found.verdict === "declined" && !given.purpose);
    expect(isFine, "the server finds fault where the comparison does, and nowhere else").toBe(
      !whole && wrong.length === 0,
    );
    if (wrong[0] && found.verdict === "mismatched")
      expect(found.reason).toMatch(new RegExp(`^${wrong.map((one) => one.split(" ")[0]).join("|^")}`));
  });

  it("a reply that comes too late", async () => {
    const hurried = await startAsking({ timeLimit: 50 });
    hurried.merchant.answer = () => undefined;
    const { attempt } = await hurried.ask("late");
    await hurried.close();
    expect(compare(showCallback({ ...attempt, nth: 1 }))).toMatchObject({ whole: { word: "late" } });
  });

  it.each([
    ["what is not it", () => "hello", "echo"],
    ["it with a line break", (asked: Asked) => `${asked.url.searchParams.get("echostr")}\n`, "echoAround"],
  ])("a URL check that is answered with %s", async (_, answer, word) => {
    asking.merchant.answer = answer;
    const attempt = await asking.callbacks.verifyUrl(merchantsApp(), asking.merchant.url);
    const { rows } = compare(showCallback({ ...attempt, nth: 1 }));
    const echostr = asking.merchant.asked.at(-1)?.url.searchParams.get("echostr");
    expect(rows).toMatchObject([{ name: "echostr", expected: { exactly: echostr }, mend: { word } }]);
  });
});

it("fields of XML are read with CDATA, entities and numbers of characters", () => {
  const text = `<?xml version="1.0"?><xml><a><![CDATA[<b>]]></a><c>1 &lt; 2 &#x5238;</c><d/></xml>`;
  expect(fieldsIn(text)).toEqual({ a: "<b>", c: "1 < 2 券", d: "" });
});

it("the sizes of what was encrypted are those that were sent", async () => {
  asking.merchant.answer = says({});
  const { attempt } = await asking.ask("sizes", secure.settings);
  const { Encrypt } = JSON.parse(attempt.request) as { Encrypt: string };
  expect(sizesOf(attempt.message, attempt.appid).text).toBe(Encrypt.length);
});

it("signatures are reckoned as the platform reckons them, of an address that came", async () => {
  asking.merchant.answer = says({});
  const { attempt } = await asking.ask("signed", secure.settings);
  const { href, search } = (asking.merchant.asked.at(-1) as Asked).url;
  const { Encrypt } = JSON.parse(attempt.request) as { Encrypt: string };
  for (const address of [href, search, search.slice(1)]) {
    const { signature, msg_signature } = await checkSignatures(address, shared.token, Encrypt);
    expect(signature?.came).toBe(signature?.expected);
    expect(msg_signature?.came).toBe(msg_signature?.expected);
  }
  const { signature, msg_signature } = await checkSignatures(href, "another", undefined);
  expect(signature?.came).not.toBe(signature?.expected);
  expect(msg_signature).toBeUndefined();
});

it("keys that are made have the length that is asked for, of letters and digits", () => {
  const made = Array.from({ length: 50 }, () => randomLetters(43));
  for (const key of made) expect(key).toMatch(/^[A-Za-z0-9]{43}$/);
  expect(new Set(made).size).toBe(50);
});
