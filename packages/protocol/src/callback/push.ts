import { createCipheriv, createDecipheriv, hash, randomBytes, timingSafeEqual } from "node:crypto";

/** Blocks that the platform's padding fills: 32 bytes, not the cipher's own 16 (protocol.md section 6). */
const PAD_BLOCK = 32;
/** Random bytes before, and length of, the message. */
const HEAD = 16 + 4;

/** A sealed message that cannot be opened, and what is wrong with it, in words that let its sender mend it. */
export class PushError extends Error {
  override name = "PushError";
}

/** `sha1` of the parts, sorted and joined: signs a URL check with (token, timestamp, nonce), a sealed message with its cipher text too. */
export const signPush = (...parts: string[]): string => hash("sha1", parts.toSorted().join(""));

/** Whether a signature is the one of the parts. */
export function isSignedPush(signature: string, ...parts: string[]): boolean {
  const expected = Buffer.from(signPush(...parts));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** The 32-byte key an EncodingAESKey of 43 characters stands for. Throws {@link PushError}. */
export function pushKey(encodingAesKey: string): Buffer {
  const key = Buffer.from(`${encodingAesKey}=`, "base64");
  if (!/^[A-Za-z0-9+/]{43}$/.test(encodingAesKey) || key.length !== 32)
    throw new PushError("EncodingAESKey must be 43 characters of A-Z a-z 0-9 + /");
  return key;
}

/** Encrypts a message for the app: base64 of AES-256-CBC over 16 random bytes, length, message and appid. */
export function seal(message: string, appid: string, encodingAesKey: string, random = randomBytes(16)): string {
  const key = pushKey(encodingAesKey);
  const text = Buffer.from(message, "utf8");
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  const plain = Buffer.concat([random, length, text, Buffer.from(appid, "utf8")]);
  const padding = PAD_BLOCK - (plain.length % PAD_BLOCK);
  const cipher = createCipheriv("aes-256-cbc", key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.update(Buffer.alloc(padding, padding)), cipher.final()]).toString(
    "base64",
  );
}

/** Decrypts what {@link seal} or the platform encrypted for the app. Throws {@link PushError}. */
export function unseal(sealed: string, appid: string, encodingAesKey: string): string {
  const key = pushKey(encodingAesKey);
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(sealed.replaceAll(/\s/g, "")))
    throw new PushError("Encrypt is not base64, which is of A-Z a-z 0-9 + / and = at the end");
  const bytes = Buffer.from(sealed, "base64");
  if (bytes.length === 0 || bytes.length % 16 !== 0)
    throw new PushError(`Encrypt is base64 of ${bytes.length} bytes, not of whole AES blocks of 16: was it cut off?`);
  const decipher = createDecipheriv("aes-256-cbc", key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(bytes), decipher.final()]);
  const padding = padded.at(-1) as number;
  const isPadded = padding >= 1 && padding <= PAD_BLOCK && padded.subarray(-padding).every((byte) => byte === padding);
  if (!isPadded) throw new PushError("Encrypt has bad padding: is it made with another EncodingAESKey?");
  const plain = padded.subarray(0, -padding);
  const length = plain.length < HEAD ? Number.POSITIVE_INFINITY : plain.readUInt32BE(16);
  if (HEAD + length > plain.length) throw new PushError("Encrypt holds a message shorter than it says");
  const owner = plain.subarray(HEAD + length).toString("utf8");
  if (owner !== appid)
    throw new PushError(
      `Encrypt is made for appid ${/^\w{1,32}$/.test(owner) ? owner : "of another form"}, not ${appid}`,
    );
  return plain.subarray(HEAD, HEAD + length).toString("utf8");
}
