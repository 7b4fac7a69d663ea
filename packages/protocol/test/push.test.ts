import { randomBytes } from "node:crypto";
import { isSignedPush, PushError, pushKey, seal, signPush, unseal } from "@quanku/protocol/callback";
import wecom from "@wecom/crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import documented from "../../server/test/fixtures/push-secure.json" with { type: "json" };

const { encoding_aes_key: key, appid, token, timestamp, nonce } = documented;

describe("push signatures", () => {
  it("are the documented ones", () => {
    expect(signPush("AAAAA", "1714036504", "1514711492")).toBe("f464b24fc39322e44b38aa78f5edd27bd1441696");
    expect(signPush("AAAAA", "1714037059", "486452656")).toBe("899cf89e464efb63f54ddac96b0a0a235f53aa78");
    expect(signPush(token, timestamp, nonce, documented.Encrypt)).toBe(documented.msg_signature);
  });

  it("are checked", () => {
    expect(isSignedPush(documented.msg_signature, token, timestamp, nonce, documented.Encrypt)).toBe(true);
    expect(isSignedPush(documented.msg_signature, token, timestamp, "1", documented.Encrypt)).toBe(false);
    expect(isSignedPush("", token, timestamp, nonce)).toBe(false);
  });
});

describe("the push cipher", () => {
  it("reads and writes the documented message", () => {
    const message = unseal(documented.Encrypt, appid, key);
    expect(JSON.parse(message)).toMatchObject({ Event: "debug_demo", debug_str: "hello world" });
    expect(Buffer.byteLength(message)).toBe(documented.expect.message_bytes);
    expect(seal(message, appid, key, Buffer.from(documented.expect.random))).toBe(documented.Encrypt);
  });

  it("agrees with an implementation of somebody else's, both ways", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (message) => {
        const aesKey = randomBytes(32).toString("base64").slice(0, 43);
        expect(wecom.decrypt(aesKey, seal(message, appid, aesKey))).toMatchObject({ message, id: appid });
        expect(unseal(wecom.encrypt(aesKey, message, appid), appid, aesKey)).toBe(message);
      }),
    );
    expect(wecom.getSignature(token, timestamp, nonce, documented.Encrypt)).toBe(documented.msg_signature);
  });

  it("says what is wrong with a message it cannot read", () => {
    const sealed = seal("{}", appid, key);
    const otherKey = "B".repeat(43);
    expect(() => unseal(sealed, "wx-other", key)).toThrow(`made for appid ${appid}, not wx-other`);
    expect(() => unseal(sealed, appid, otherKey)).toThrow(PushError);
    expect(() => unseal("", appid, key)).toThrow("whole AES blocks");
    expect(() => unseal(sealed.slice(4), appid, key)).toThrow(PushError);
    expect(() => pushKey("too short")).toThrow("43 characters");
  });

  it("never reads an altered message as another one's", () => {
    const sealed = Buffer.from(seal("a message of some length, in several blocks", appid, key), "base64");
    for (let at = sealed.length - 48; at < sealed.length; at++) {
      const altered = Buffer.from(sealed);
      altered[at] = (altered[at] as number) ^ 1;
      expect(() => unseal(altered.toString("base64"), appid, key)).toThrow(PushError);
    }
  });
});
