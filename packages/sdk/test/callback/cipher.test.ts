import { createCipheriv, randomBytes } from "node:crypto";
import { seal, unseal } from "@quanku/protocol/callback";
import wecom from "@wecom/crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import documented from "../../../server/test/fixtures/push-secure.json" with { type: "json" };
import { createPushCipher } from "../../src/callback/cipher.ts";
import { isSignedPush, signPush } from "../../src/callback/signature.ts";

const { encoding_aes_key: key, appid, token, timestamp, nonce } = documented;
const anyKey = () =>
  fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString("base64").slice(0, 43));
const anyText = (maxLength: number) => fc.string({ unit: "grapheme", maxLength });

describe("the cipher", () => {
  it("reads the documented message", async () => {
    const message = await createPushCipher(key, appid).unseal(documented.Encrypt);
    expect(JSON.parse(message)).toMatchObject({ Event: "debug_demo", debug_str: "hello world" });
  });

  it("agrees with @wecom/crypto and with our server, both ways", async () => {
    const property = fc.asyncProperty(anyText(300), anyKey(), anyText(40), async (message, aesKey, id) => {
      const cipher = createPushCipher(aesKey, id);
      const sealed = await cipher.seal(message);
      expect(wecom.decrypt(aesKey, sealed)).toMatchObject({ message, id });
      expect(unseal(sealed, id, aesKey)).toBe(message);
      expect(await cipher.unseal(wecom.encrypt(aesKey, message, id))).toBe(message);
      expect(await cipher.unseal(seal(message, id, aesKey))).toBe(message);
    });
    await fc.assert(property);
  });

  it("pads every length to blocks of 32", async () => {
    const cipher = createPushCipher(key, "wx");
    for (let length = 0; length <= 70; length++) {
      const message = "x".repeat(length);
      const sealed = await cipher.seal(message);
      expect(Buffer.from(sealed, "base64").length % 32).toBe(0);
      expect(unseal(sealed, "wx", key)).toBe(message);
      expect(await cipher.unseal(seal(message, "wx", key))).toBe(message);
    }
  });

  it("reads nothing that was altered in its last blocks, cut off, or made for somebody else", async () => {
    const cipher = createPushCipher(key, appid);
    const bytes = Buffer.from(seal("a message of some length, in several blocks", appid, key), "base64");
    for (let at = bytes.length - 48; at < bytes.length; at++) {
      const altered = Buffer.from(bytes);
      altered[at] = (altered[at] as number) ^ 1;
      await expect(cipher.unseal(altered.toString("base64"))).rejects.toMatchObject({ name: "Refusal", status: 403 });
    }
    for (const sealed of ["", "*", "AAAA", bytes.subarray(0, -16).toString("base64"), seal("x", "wx_other", key)])
      await expect(cipher.unseal(sealed)).rejects.toMatchObject({ name: "Refusal", status: 403 });
    await expect(createPushCipher("B".repeat(43), appid).unseal(documented.Encrypt)).rejects.toThrow("Encrypt");
  });

  /** A message of whole AES blocks, sealed with a length and a padding of one's own. */
  function sealedWith(padding: number[], length = 12): string {
    const aesKey = Buffer.from(`${key}=`, "base64");
    const head = Buffer.concat([randomBytes(16), Buffer.from([0, 0, 0, length])]);
    const whole = Buffer.concat([
      head,
      Buffer.from("twelve bytes"),
      Buffer.from("wx0123456789abcd"),
      Buffer.from(padding),
    ]);
    const cipher = createCipheriv("aes-256-cbc", aesKey, aesKey.subarray(0, 16)).setAutoPadding(false);
    return Buffer.concat([cipher.update(whole), cipher.final()]).toString("base64");
  }
  const times = (count: number, value = count) => Array.from({ length: count }, () => value);
  const cipherOf16 = createPushCipher(key, "wx0123456789abcd");

  it.each([
    ["beyond a block", times(48)],
    ["of other bytes before the last", [...times(15, 1), 16]],
    ["of zeros", times(16, 0)],
    ["of none", []],
  ])("refuses a padding %s, where all else is right", async (_, padding) => {
    await expect(cipherOf16.unseal(sealedWith(padding))).rejects.toThrow("Encrypt has bad padding");
    for (const good of [times(16), times(32)]) expect(await cipherOf16.unseal(sealedWith(good))).toBe("twelve bytes");
  });

  it("refuses a length that is another one's", async () => {
    for (const length of [11, 13, 40, 255])
      await expect(cipherOf16.unseal(sealedWith(times(16), length))).rejects.toMatchObject({ name: "Refusal" });
  });
});

describe("signatures", () => {
  it("are the documented ones, and those of @wecom/crypto", async () => {
    expect(await signPush("AAAAA", "1714036504", "1514711492")).toBe("f464b24fc39322e44b38aa78f5edd27bd1441696");
    expect(await signPush(token, timestamp, nonce, documented.Encrypt)).toBe(documented.msg_signature);
    const ascii = () => fc.string({ unit: "grapheme-ascii", maxLength: 40 });
    const property = fc.asyncProperty(ascii(), ascii(), ascii(), ascii(), async (...parts) => {
      expect(await signPush(...parts)).toBe(wecom.getSignature(...parts));
    });
    await fc.assert(property);
  });

  it("are checked whole", async () => {
    const signature = documented.msg_signature;
    const check = (given: string) => isSignedPush(given, token, timestamp, nonce, documented.Encrypt);
    expect(await check(signature)).toBe(true);
    const others = ["", `${signature}0`, signature.slice(1), signature.toUpperCase(), "\0".repeat(40)];
    for (let at = 0; at < 40; at++) others.push(`${signature.slice(0, at)}g${signature.slice(at + 1)}`);
    for (const other of others) expect(await check(other), other).toBe(false);
  });
});
