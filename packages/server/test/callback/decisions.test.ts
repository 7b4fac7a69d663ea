import { testClaim } from "@quanku/protocol/callback";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Answer, decision, write } from "../../testing/fake-merchant.ts";
import { claimOf, merchantsApp, startAsking } from "./asking.ts";

const modes = ["plain", "compatible", "secure"] as const;
const formats = ["json", "xml"] as const;
const every = modes.flatMap((messageMode) => formats.map((messageFormat) => ({ messageMode, messageFormat })));

let asking: Awaited<ReturnType<typeof startAsking>>;
let requests = 0;
let requestId = "";
beforeAll(async () => {
  asking = await startAsking();
});
afterAll(() => asking.close());
beforeEach(() => {
  requestId = `request-${++requests}`;
  asking.merchant.faults.length = 0;
});

describe("a merchant that is asked", () => {
  it.each(every)("understands $messageMode $messageFormat and is understood", async (settings) => {
    const { answer, attempt } = await asking.ask(requestId, settings);
    expect(asking.merchant.faults).toEqual([]);
    expect(answer).toEqual({ answer: "granted", outUserCouponId: `uc-${requestId}` });
    expect(attempt).toMatchObject({
      appid: "wx_merchant",
      purpose: "claim",
      requestId,
      url: asking.merchant.url,
      status: 200,
      verdict: "granted",
    });
    const asked = asking.merchant.asked.at(-1);
    expect(asked).toMatchObject({ method: "POST", format: settings.messageFormat, body: attempt.request });
    expect(asked?.sealed).toBe(settings.messageMode !== "plain");
    expect(asked?.event).toEqual({
      ToUserName: merchantsApp().settings.originalId,
      FromUserName: "o-person_1",
      CreateTime: asked?.url.searchParams.get("timestamp"),
      MsgType: "event",
      Event: "open_product_receive_coupon",
      out_coupon_id: "coupon-1",
      request_id: requestId,
    });
    expect(attempt.message).toContain(requestId);
    expect(attempt.read).toContain(`uc-${requestId}`);
    expect(attempt.reply?.includes(requestId)).toBe(settings.messageMode === "plain");
  });

  it("is told who asks and what is read", async () => {
    await asking.ask(requestId);
    expect(asking.merchant.asked.at(-1)?.headers).toMatchObject({
      "user-agent": expect.stringMatching(/^quanku\/\d+\.\d+\.\d+/),
      accept: "*/*",
      "content-type": expect.stringContaining("json"),
    });
  });

  it("keeps the query of the merchant's URL, as it was written and before ours", async () => {
    const { answer } = await asking.ask(requestId, {}, `${asking.merchant.url}?shop=%E5%88%B8+1&debug`);
    expect(answer.answer).toBe("granted");
    expect(asking.merchant.asked.at(-1)?.url.search).toMatch(
      /^\?shop=%E5%88%B8\+1&debug&signature=[0-9a-f]{40}&timestamp=\d{10}&nonce=\d{10}$/,
    );
  });

  it.each(formats)("is sent ids of odd characters exactly, in %s", async (messageFormat) => {
    const odd = ` ]]>&amp;<a>"券"'\t\n😀${requestId}`;
    const { answer } = await asking.ask(odd, { messageFormat });
    expect(asking.merchant.asked.at(-1)?.event.request_id).toBe(odd);
    expect(answer).toEqual({ answer: "granted", outUserCouponId: `uc-${odd}` });
  });

  it("is not asked in XML about an id that XML cannot carry", async () => {
    const { answer, attempt } = await asking.ask("bell\u0007", { messageFormat: "xml" });
    expect(answer).toMatchObject({ answer: "unreachable", problem: expect.stringContaining("request_id") });
    expect(attempt).toMatchObject({ status: null, reply: null });
    expect(asking.merchant.timesAsked("bell\u0007")).toBe(0);
    expect((await asking.ask("bell\u0007", { messageFormat: "json" })).answer.answer).toBe("granted");
  });
});

describe("a reply", () => {
  const inXml: Answer = (asked) => write(decision(asked), "xml");
  const inJson: Answer = (asked) => write(decision(asked), "json");
  const sealed: Answer = (asked) => asking.merchant.seal(write(decision(asked), "json"));
  const sealedInXml: Answer = (asked) => asking.merchant.seal(write(decision(asked), "json"), { format: "xml" });
  const sealedXml: Answer = (asked) => asking.merchant.seal(write(decision(asked), "xml"));
  const lower: Answer = (asked) =>
    asking.merchant.seal(write(decision(asked), "json"), { names: (name) => name.toLowerCase() });
  const upper: Answer = (asked) =>
    asking.merchant.seal(write(decision(asked), "xml"), { format: "xml", names: (name) => name.toUpperCase() });
  const both: Answer = (asked) =>
    write({ ...JSON.parse(asking.merchant.seal(write(decision(asked), "json"))), request_id: "ignored" }, "json");
  const codeAsText: Answer = (asked) => write(decision(asked, { ret_code: "0" }), "json");
  const marked: Answer = (asked) => `\uFEFF\r\n${write(decision(asked), "json")}\n`;
  const declared: Answer = (asked) => `\n<?xml version="1.0" encoding="UTF-8"?>\n${write(decision(asked), "xml")}\n`;
  const escaped: Answer = ({ event }) =>
    `<reply><request_id>${event.request_id}</request_id><out_coupon_id>coupon&#45;&#x31;</out_coupon_id>` +
    `<ret_code> 0 </ret_code><out_user_coupon_id>uc-${event.request_id}</out_user_coupon_id></reply>`;

  it.each([
    ["in XML where JSON was asked", "plain", inXml],
    ["in JSON where XML was asked", "plain", inJson],
    ["encrypted where the mode is plain and a key is set", "plain", sealed],
    ["plain where the mode is compatible", "compatible", inJson],
    ["plain XML where the mode is compatible", "compatible", inXml],
    ["encrypted where the mode is compatible", "compatible", sealed],
    ["plain and encrypted together", "compatible", both],
    ["encrypted JSON in an XML envelope", "secure", sealedInXml],
    ["encrypted XML in a JSON envelope", "secure", sealedXml],
    ["in an envelope of lower-case names", "secure", lower],
    ["in an XML envelope of upper-case names", "secure", upper],
    ["with ret_code in a text", "plain", codeAsText],
    ["after a byte order mark and white space", "plain", marked],
    ["after an XML declaration", "plain", declared],
    ["in XML with references by number and another root", "plain", escaped],
  ] as const)("is read: %s", async (_, messageMode, answer) => {
    for (const messageFormat of formats) {
      asking.merchant.script(requestId, answer);
      expect((await asking.ask(requestId, { messageMode, messageFormat })).answer).toEqual({
        answer: "granted",
        outUserCouponId: `uc-${requestId}`,
      });
    }
  });

  it.each([
    [1090029, "sold_out"],
    [1090030, "person_limit"],
    [1090031, "slow_down"],
    [1090032, "system"],
    [1090033, "other"],
    [1090057, "unknown_coupon"],
    [1090058, "wrong_status"],
    ["1090029", "sold_out"],
  ])("that declines with %s means %s", async (ret_code, because) => {
    asking.merchant.script(requestId, (asked) => asking.merchant.reply(asked, decision(asked, { ret_code })));
    const { answer, attempt } = await asking.ask(requestId, { messageMode: "secure", messageFormat: "xml" });
    expect(answer).toEqual({ answer: "declined", because, message: `ret_code ${ret_code}: "ok"` });
    expect(attempt).toMatchObject({ verdict: "declined", reason: `ret_code ${ret_code}: "ok"` });
  });

  it.each(formats)("in %s gives the very id that stands in it", async (format) => {
    const fields = `{"request_id":"${requestId}","out_coupon_id":"coupon-1","ret_code":"0","out_user_coupon_id":" 0012 "}`;
    const elements = Object.entries(JSON.parse(fields)).map(([name, value]) => `<${name}>${value}</${name}>`);
    asking.merchant.script(requestId, () => (format === "json" ? fields : `<xml>${elements.join("")}</xml>`));
    expect((await asking.ask(requestId)).answer).toEqual({ answer: "granted", outUserCouponId: " 0012 " });
  });

  it("that declines needs no coupon and no text, and an unknown code is told", async () => {
    asking.merchant.script(requestId, ({ event }) => JSON.stringify({ ...event, ret_code: -7 }));
    expect((await asking.ask(requestId)).answer).toEqual({
      answer: "declined",
      because: "other",
      message: "ret_code -7, which means nothing here",
    });
  });

  it.each<[string, object]>([
    ["nothing beside its text", {}],
    ["ids that are unset", { request_id: "", out_coupon_id: null, out_user_coupon_id: "" }],
  ])("that declines needs no ids: %s", async (_, ids) => {
    asking.merchant.script(requestId, () => JSON.stringify({ ret_code: 1090029, ret_msg: "none left", ...ids }));
    expect((await asking.ask(requestId)).answer).toMatchObject({ answer: "declined", because: "sold_out" });
  });

  it.each<[string, Record<string, unknown>]>([
    ["missing", { ret_code: undefined }],
    ["null", { ret_code: null }],
  ])("whose ret_code is %s gives the coupon if its ids are right, and the attempt says so", async (_, changed) => {
    asking.merchant.script(requestId, (asked) => asking.merchant.reply(asked, decision(asked, changed)));
    const { answer, attempt } = await asking.ask(requestId);
    expect(answer).toMatchObject({ answer: "granted", outUserCouponId: `uc-${requestId}` });
    expect(attempt).toMatchObject({
      verdict: "granted",
      reason: `the merchant gave user coupon "uc-${requestId}"; ret_code was missing, read as 0`,
    });
  });

  it("has ids that are read to the digit where they are numbers", async () => {
    const id = "12345678901234567890";
    asking.merchant.script(
      id,
      () => `{"request_id":${id},"out_coupon_id":"coupon-1","out_user_coupon_id":1234567890123456789,"ret_code":0}`,
    );
    expect((await asking.ask(id)).answer).toEqual({ answer: "granted", outUserCouponId: "1234567890123456789" });
  });

  it("that declines at length is told in brief", async () => {
    asking.merchant.script(requestId, (asked) =>
      write(decision(asked, { ret_code: 1, ret_msg: "x".repeat(9e3) }), "json"),
    );
    const { answer } = await asking.ask(requestId);
    expect(answer).toMatchObject({ answer: "declined", message: expect.stringMatching(/^ret_code 1, .*: "x{64}…"$/) });
  });
});

describe("confirm", () => {
  const question = { ...claimOf(testClaim.request_id), outCouponId: testClaim.out_coupon_id };
  const confirm = () =>
    asking.callbacks.ask(merchantsApp({ messageMode: "secure" }), asking.merchant.url, "confirm", question);

  it("is proved by the fixed user coupon", async () => {
    const { answer, attempt } = await confirm();
    expect(asking.merchant.asked.at(-1)?.event).toMatchObject({
      out_coupon_id: "test_coupon",
      request_id: "test_coupon_request_id",
    });
    expect(answer).toEqual({ answer: "granted", outUserCouponId: "test_coupon_user_coupon_id" });
    expect(attempt).toMatchObject({ purpose: "confirm", requestId: "test_coupon_request_id", verdict: "proved" });
  });

  it("is mismatched by another one, and declined by a code", async () => {
    const { merchant } = asking;
    merchant.script(
      testClaim.request_id,
      (asked) => merchant.reply(asked, decision(asked, { out_user_coupon_id: "uc-1" })),
      (asked) => merchant.reply(asked, decision(asked, { ret_code: 1090032 })),
    );
    expect((await confirm()).answer).toEqual({
      answer: "mismatched",
      problem: 'out_user_coupon_id is "uc-1", expected "test_coupon_user_coupon_id"',
    });
    expect((await confirm()).answer).toMatchObject({ answer: "declined", because: "system" });
  });
});

describe("the URL check", () => {
  const verify = (url = asking.merchant.url) => asking.callbacks.verifyUrl(merchantsApp(), url);

  it("is proved by the echo alone, signed like every push", async () => {
    const attempt = await verify(`${asking.merchant.url}?shop=1`);
    expect(attempt).toMatchObject({ purpose: "verify", requestId: "", verdict: "proved", status: 200, request: "" });
    expect(asking.merchant.faults).toEqual([]);
    expect(asking.merchant.asked.at(-1)?.method).toBe("GET");
    expect(asking.merchant.asked.at(-1)?.url.search).toMatch(
      /^\?shop=1&signature=[0-9a-f]{40}&timestamp=\d{10}&nonce=\d{10}&echostr=(\d{20})$/,
    );
  });

  it.each([
    ["in quotes", (echostr: string) => `"${echostr}"`, 'the reply is "'],
    ["with a line feed", (echostr: string) => `${echostr}\n`, "white space"],
    ["not at all", () => "success", 'the reply is "success", expected the echostr'],
  ])("is mismatched where the echo comes %s", async (_, echo, problem) => {
    const { merchant } = asking;
    const standard = merchant.answer;
    merchant.answer = ({ url }) => echo(url.searchParams.get("echostr") as string);
    const attempt = await verify();
    merchant.answer = standard;
    expect(attempt).toMatchObject({ verdict: "mismatched", reason: expect.stringContaining(problem) });
  });

  it("tells an HTTP error and a URL that is none", async () => {
    const wrong = merchantsApp({ callbackToken: "anotherToken" });
    expect(await asking.callbacks.verifyUrl(wrong, asking.merchant.url)).toMatchObject({
      verdict: "unreachable",
      reason: "HTTP 403 where 200 was expected",
    });
    for (const url of ["nothing", "ftp://merchant.test/", ""])
      expect(await verify(url)).toMatchObject({ verdict: "unreachable", reason: expect.stringContaining("http") });
  });
});
