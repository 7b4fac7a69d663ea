import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CallbackAttempt } from "../../src/domain/claims/attempts.ts";
import { type Answer, decision, shared, write } from "../../testing/fake-merchant.ts";
import { merchantsApp, startAsking } from "./asking.ts";

const { token, encodingAesKey } = shared;
const PASSWORD = "hunter2-hunter2";
const hidden = [token, encodingAesKey, PASSWORD];

/** How programs write a text down: as it is, escaped for JSON (PHP escapes slashes), in a URL, in XML. */
const spellings: Record<string, (text: string) => string> = {
  plain: (text) => text,
  "PHP's JSON": (text) => text.replaceAll("/", "\\/"),
  "escaped JSON": (text) => text.replaceAll(/./g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`),
  "a URL": encodeURIComponent,
  "all of a URL": (text) => text.replaceAll(/./g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`),
  "XML by number": (text) => text.replaceAll(/./g, (c) => `&#${c.charCodeAt(0)};`),
  "XML by hexadecimal number": (text) => text.replaceAll(/./g, (c) => `&#x${c.charCodeAt(0).toString(16)};`),
};
const everySecret = Object.values(spellings).flatMap((spell) => hidden.map(spell));

/** Which secrets a text holds, in any spelling. */
const secretsIn = (told: unknown) => {
  const text = JSON.stringify(told);
  const raw = Object.values(told as object).join("\n");
  return everySecret.filter((secret) => text.includes(secret) || raw.includes(secret));
};

let asking: Awaited<ReturnType<typeof startAsking>>;
beforeAll(async () => {
  asking = await startAsking();
});
afterAll(() => asking.close());

const dump = `debug: ${everySecret.join(" ")}`;
const echoes: Record<string, Answer> = {
  "in words": () => dump,
  "in an error page": () => ({ status: 500, body: dump }),
  "in a field that is wrong": (asked) => write(decision(asked, { request_id: dump }), "json"),
  "in a wrong field of every kind": (asked) => write(decision(asked, { ret_code: { config: hidden } }), "json"),
  "in the middle of a long field": (asked) =>
    write(decision(asked, { out_coupon_id: `${"x".repeat(40)}${dump}` }), "json"),
  "in ret_msg": (asked) => write(decision(asked, { ret_code: 1090029, ret_msg: dump }), "json"),
  "in a reply that is good": (asked) => write(decision(asked, { ret_msg: dump }), "json"),
  "in XML": (asked) => write(decision(asked, { request_id: dump }), "xml"),
  encrypted: (asked) => asking.merchant.seal(write(decision(asked, { request_id: dump }), "json")),
  "as the appid": (asked) => asking.merchant.seal(write(decision(asked), "json"), { appid: token }),
  "as a long appid": (asked) => asking.merchant.seal(write(decision(asked), "json"), { appid: dump }),
  "as the signature": (asked) => asking.merchant.seal(write(decision(asked), "json"), { MsgSignature: dump }),
  "as the time": (asked) => asking.merchant.seal(write(decision(asked), "json"), { TimeStamp: token }),
  "where texts are cut": () => `${"y".repeat(4096 - 20)}${encodingAesKey}${"y".repeat(100)}`,
};

describe("token, key and the secrets of the merchant's URL", () => {
  it.each(Object.keys(echoes))("stand in no attempt and no answer when the merchant echoes them %s", async (how) => {
    const url = `${asking.merchant.url}?shop=7&access_token=${encodeURIComponent(PASSWORD)}&x`;
    asking.merchant.script(how, echoes[how] as Answer);
    const { answer, attempt } = await asking.ask(how, {}, url);
    expect(asking.merchant.timesAsked(how), "the merchant was asked").toBe(1);
    expect(secretsIn(attempt)).toEqual([]);
    expect(secretsIn(answer).filter((secret) => !secret.includes("hunter"))).toEqual([]);
    expect(attempt.url).toBe(`${asking.merchant.url}?shop=7&access_token=***&x`);
    expect(JSON.stringify(attempt)).toContain("***");
  });

  it("stand in no attempt of a URL check", async () => {
    const standard = asking.merchant.answer;
    asking.merchant.answer = () => dump;
    const attempt = await asking.callbacks.verifyUrl(merchantsApp(), `${asking.merchant.url}/${token}?key=${PASSWORD}`);
    asking.merchant.answer = standard;
    expect(attempt).toMatchObject({ verdict: "mismatched", url: expect.stringMatching(/\/\*\*\*\?key=\*\*\*$/) });
    expect(secretsIn(attempt)).toEqual([]);
  });

  it("were there to leak", async () => {
    asking.merchant.script("leak", () => dump);
    await asking.ask("leak");
    expect(secretsIn({ dump }).length).toBe(everySecret.length);
    expect(secretsIn({ dump: `"${encodingAesKey}"` })).toContain(encodingAesKey);
  });

  it.each([
    ["token=abcdefgh", "token=***"],
    ["Access-Token=a&b=c", "Access-Token=***&b=c"],
    ["%74oken=abc", "%74oken=***"],
    [
      "apikey=1&secretish=2&sign=3&password=4&passport=5&page=6",
      "apikey=***&secretish=***&sign=***&password=***&passport=***&page=6",
    ],
    ["a=1?token=2", "a=1?token=2"],
    ["token", "token"],
    ["token=", "token="],
    ["token=a=b$&c=$1", "token=***&c=$1"],
  ])("in a query %s become %s", async (query, blanked) => {
    const { attempt } = await asking.ask("query", {}, `${asking.merchant.url}?${query}`);
    expect(attempt.url).toBe(`${asking.merchant.url}?${blanked}`);
    expect(asking.merchant.asked.at(-1)?.url.search.startsWith(`?${query}&signature=`)).toBe(true);
  });
});

describe("the texts of an attempt", () => {
  const texts = ({ url, request, message, reply, read, reason }: CallbackAttempt) =>
    [url, request, message, reply, read, reason].filter((text) => text !== null);

  it("are cut and can be kept by every database", async () => {
    const odd = ["\0", "\uFFFF", "\\u0000", "\\ud800", "\x07", "😀".repeat(5000), `x${"😀".repeat(5000)}`];
    for (const [nth, text] of odd.entries()) {
      asking.merchant.script(`odd-${nth}`, (asked) => `${write(decision(asked), "json")} ${text}`);
      const { attempt } = await asking.ask(`odd-${nth}`);
      for (const kept of texts(attempt)) {
        expect(kept.length).toBeLessThanOrEqual(4097);
        expect(kept.isWellFormed()).toBe(true);
        expect(kept).not.toContain("\0");
      }
    }
    for (const long of ["odd-5", "odd-6"]) {
      const { reply } = (await asking.ask(long)).attempt;
      expect(reply).toMatch(/😀.?…$/u);
      expect(reply).toHaveLength(4097);
    }
  });
});
