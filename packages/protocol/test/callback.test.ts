import {
  blanker,
  openReply,
  type PushAgreement,
  PushError,
  pushUrl,
  type ReceiveCouponEvent,
  readDecision,
  seal,
  signPush,
  urlCheck,
  writePush,
} from "@quanku/protocol/callback";
import wecom from "@wecom/crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import documented from "../../server/test/fixtures/push-secure.json" with { type: "json" };

const { appid, token, encoding_aes_key: encodingAesKey } = documented;
/** What no text may cost to read, in microseconds of processor time: one that is read in steps takes thousandths of it. */
const LITTLE = 2_000_000;

const agreement: PushAgreement = {
  appid,
  originalId: "gh_97417a04a28d",
  token,
  encodingAesKey,
  format: "json",
  mode: "plain",
};
const event: ReceiveCouponEvent = {
  ToUserName: "gh_97417a04a28d",
  FromUserName: "o9AgO5Kd5ggOC-bXrbNODIiE3bGY",
  CreateTime: 1_714_036_504,
  MsgType: "event",
  Event: "open_product_receive_coupon",
  out_coupon_id: "real_out_coupon_id",
  request_id: "real_request_id",
};
const nonce = "1514711492";
const signed = { signature: "f464b24fc39322e44b38aa78f5edd27bd1441696", timestamp: "1714036504", nonce };

describe("the push of a claim", () => {
  it("is signed as documented", () => {
    expect(writePush(event, agreement, nonce)).toMatchObject({ query: signed });
    expect(urlCheck(token, "1714036504", nonce, "4375120948345356249")).toEqual({
      ...signed,
      echostr: "4375120948345356249",
    });
  });

  it("is written in the platform's order, as JSON or as XML", () => {
    const json =
      '{"ToUserName":"gh_97417a04a28d","FromUserName":"o9AgO5Kd5ggOC-bXrbNODIiE3bGY","CreateTime":1714036504,' +
      '"MsgType":"event","Event":"open_product_receive_coupon","out_coupon_id":"real_out_coupon_id",' +
      '"request_id":"real_request_id"}';
    const xml =
      "<xml><ToUserName><![CDATA[gh_97417a04a28d]]></ToUserName>" +
      "<FromUserName><![CDATA[o9AgO5Kd5ggOC-bXrbNODIiE3bGY]]></FromUserName><CreateTime>1714036504</CreateTime>" +
      "<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[open_product_receive_coupon]]></Event>" +
      "<out_coupon_id><![CDATA[real_out_coupon_id]]></out_coupon_id>" +
      "<request_id><![CDATA[real_request_id]]></request_id></xml>";
    const inXml = { ...agreement, format: "xml" } as const;
    expect(writePush(event, agreement, nonce)).toMatchObject({ body: json, message: json });
    expect(writePush(event, inXml, nonce)).toMatchObject({ body: xml, message: xml });
    const compatible = writePush(event, { ...inXml, mode: "compatible" }, nonce);
    expect(compatible.body.replace(/<Encrypt><!\[CDATA\[[\w+/=]+\]\]><\/Encrypt>/, "")).toBe(xml);
  });

  it.each(["compatible", "secure"] as const)(
    "is encrypted in %s mode so that another implementation reads it",
    (mode) => {
      const { query, body, message } = writePush(event, { ...agreement, mode }, nonce);
      const { Encrypt, ...beside } = JSON.parse(body);
      expect(beside).toEqual(mode === "secure" ? { ToUserName: event.ToUserName } : event);
      expect(wecom.decrypt(encodingAesKey, Encrypt)).toMatchObject({ message, id: appid });
      expect(query).toEqual({
        ...signed,
        openid: event.FromUserName,
        encrypt_type: "aes",
        msg_signature: wecom.getSignature(token, signed.timestamp, nonce, Encrypt),
      });
    },
  );

  it("goes to the merchant's URL with its own query kept as it was", () => {
    const at = (url: string) => pushUrl(new URL(url), { nonce: "1", openid: "a b" }).href;
    expect(at("https://m.test/cb")).toBe("https://m.test/cb?nonce=1&openid=a+b");
    expect(at("https://m.test/cb?")).toBe("https://m.test/cb?nonce=1&openid=a+b");
    expect(at("https://m.test/cb?s=/a/b&x=%20+'&y")).toBe("https://m.test/cb?s=/a/b&x=%20+%27&y&nonce=1&openid=a+b");
  });

  it("is not written without the key it needs", () => {
    const keyless = { ...agreement, encodingAesKey: null };
    expect(writePush(event, keyless, nonce).body).toContain("real_request_id");
    expect(() => writePush(event, { ...keyless, mode: "secure" }, nonce)).toThrow(
      "secure mode needs an EncodingAESKey",
    );
  });
});

function refusalOf(read: () => unknown): Error | undefined {
  try {
    read();
  } catch (error) {
    return error as Error;
  }
}

describe("a reply", () => {
  const now = 1_714_037_059;
  const sealed = (message: string) => {
    const Encrypt = wecom.encrypt(encodingAesKey, message, appid);
    return {
      Encrypt,
      MsgSignature: signPush(token, `${now}`, "486452656", Encrypt),
      TimeStamp: now,
      Nonce: "486452656",
    };
  };

  it("comes with what makes it known again", () => {
    const envelope = sealed('{"ret_code":0}');
    expect(openReply(JSON.stringify(envelope), { ...agreement, mode: "secure" }, now)).toEqual({
      message: '{"ret_code":0}',
      fields: { ret_code: 0 },
      msgSignature: envelope.MsgSignature,
    });
    expect(openReply('{"ret_code":0}', agreement, now).msgSignature).toBeNull();
  });

  const piece = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.json(),
    fc.constantFrom("<xml>", "</xml>", "<a>", "</a>", "<a", "/>", "<![CDATA[", "]]>", "<!--", "-->", "<?xml", "?>"),
    fc.constantFrom(
      "<!DOCTYPE",
      "<!D",
      "<!ENTITY a 'b'>",
      "[",
      "]>",
      "&a;",
      "&#0;",
      "&#x110000;",
      "&amp;",
      "<__proto__>",
    ),
    fc.constantFrom(
      '{"Encrypt":',
      '{"request_id":"r",',
      '"__proto__":',
      '"TimeStamp":1',
      "}",
      ",",
      "success",
      "\uFEFF",
    ),
  );

  it("of any text is read, or refused in words", () => {
    const modes = fc.constantFrom(...(["plain", "compatible", "secure"] as const));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), modes, fc.boolean(), (pieces, mode, isSealed) => {
        const text = isSealed ? JSON.stringify(sealed(pieces.join(""))) : pieces.join("");
        const asked = { request_id: "r", out_coupon_id: "c" };
        const error = refusalOf(() => readDecision(openReply(text, { ...agreement, mode }, now), asked, []));
        if (!error) return;
        expect(error).toBeInstanceOf(PushError);
        expect(error.message.length).toBeLessThan(400);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ["open tags", "<a>".repeat(21_000)],
    ["open tags with text", "<a> ".repeat(16_000)],
    ["attributes", `<a ${"b='c' ".repeat(10_000)}/>`],
    ["one long attribute", `<a ${"b=".repeat(30_000)}/>`],
    ["entities", `<a><b>${"&amp;".repeat(13_000)}</b></a>`],
    ["ampersands", `<a><b>${"&".repeat(65_000)}</b></a>`],
    ["a long name", `<a><${"n".repeat(32_000)}><b/></${"n".repeat(32_000)}></a>`],
    ["comments", `<a>${"<!-- -->".repeat(8_000)}</a>`],
    ["half a comment", `<a><!--${"-".repeat(65_000)}`],
    ["CDATA", `<a><b>${"<![CDATA[]]>".repeat(5_000)}</b></a>`],
    ["white space", `<a${" ".repeat(65_000)}`],
    ["lists", "[".repeat(65_000)],
    ["objects", '{"a":'.repeat(13_000)],
    ["Encrypt of white space", JSON.stringify({ Encrypt: `${" ".repeat(65_000)}!` })],
    ["Encrypt of equal signs", JSON.stringify({ Encrypt: "=".repeat(65_000) })],
  ])("made to cost time does not: %s", (_, text) => {
    const before = process.cpuUsage();
    const asked = { request_id: "r", out_coupon_id: "c" };
    const error = refusalOf(() => readDecision(openReply(text, agreement, now), asked, []));
    expect(error).toBeInstanceOf(PushError);
    expect(error?.message.length).toBeLessThan(400);
    expect(process.cpuUsage(before).user).toBeLessThan(LITTLE);
  });

  it("signed well but encrypted badly does not cost time either", () => {
    for (const Encrypt of [
      `${" ".repeat(65_000)}!`,
      "A=".repeat(32_000),
      `${"A".repeat(64_000)}=${" ".repeat(999)}!`,
    ]) {
      const MsgSignature = signPush(token, `${now}`, "1", Encrypt);
      const before = process.cpuUsage();
      expect(() =>
        openReply(JSON.stringify({ Encrypt, MsgSignature, TimeStamp: now, Nonce: 1 }), agreement, now),
      ).toThrow("Encrypt is not base64");
      expect(process.cpuUsage(before).user).toBeLessThan(LITTLE);
    }
  });

  it("is read with line breaks in its base64", () => {
    const Encrypt = seal('{"ret_code":0}', appid, encodingAesKey).replaceAll(/.{20}/g, "$&\r\n");
    const MsgSignature = signPush(token, `${now}`, "1", Encrypt);
    const body = JSON.stringify({ Encrypt, MsgSignature, TimeStamp: now, Nonce: "1" });
    expect(openReply(body, agreement, now).message).toBe('{"ret_code":0}');
  });
});

describe("blanking", () => {
  it("finds a secret wherever it stands and however it is escaped", () => {
    const spellings = [
      (text: string) => text,
      encodeURIComponent,
      (text: string) => JSON.stringify(text).slice(1, -1).replaceAll("/", "\\/"),
      (text: string) => text.replaceAll(/./g, (c) => `&#x${c.charCodeAt(0).toString(16).padStart(4, "0")};`),
    ];
    const key = fc.stringMatching(/^[A-Za-z0-9+/]{43}$/);
    const around = fc.string().map((text) => text.replaceAll("\\", ""));
    fc.assert(
      fc.property(around, key, around, fc.constantFrom(...spellings), (before, secret, after, spell) => {
        expect(blanker(["another", secret])(`${before}${spell(secret)}${after}`)).toBe(`${before}***${after}`);
        expect(blanker([])(before)).toBe(before);
      }),
    );
  });
});
