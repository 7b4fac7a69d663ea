import { Refusal } from "./refusal.ts";

/** Blocks that the platform's padding fills (protocol.md section 6), and those of AES. */
const [PAD_BLOCK, AES_BLOCK] = [32, 16];
/** Random bytes before, and length of, the message. */
const [RANDOM, LENGTH] = [16, 4];

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

/** Encrypts and decrypts what is sent between the platform and an app. */
export type PushCipher = {
  /** Base64 of the encrypted message. */
  seal(message: string): Promise<string>;
  /** The message. Throws {@link Refusal} where it was not encrypted with this key for this app. */
  unseal(sealed: string): Promise<string>;
};

/**
 * The platform's cipher (protocol.md section 6): AES-256-CBC over random bytes, length, message and appid, padded to
 * blocks of 32 bytes. WebCrypto can only pad to 16, and insists on it. So it is given what has its padding already and
 * the block that it adds is cut off; and before it decrypts, the block that it expects to take off is put there.
 * Throws where the EncodingAESKey is none.
 */
export function createPushCipher(encodingAesKey: string, appid: string): PushCipher {
  if (!/^[A-Za-z0-9+/]{43}$/.test(encodingAesKey))
    throw new TypeError("encodingAesKey must be 43 characters of A-Z a-z 0-9 + /");
  const bytes = fromBase64(`${encodingAesKey}=`);
  const iv = bytes.slice(0, AES_BLOCK);
  const imported = crypto.subtle.importKey("raw", bytes, "AES-CBC", false, ["encrypt", "decrypt"]);
  const encrypt = async (plain: Bytes, from: Bytes) =>
    new Uint8Array(await crypto.subtle.encrypt({ name: "AES-CBC", iv: from }, await imported, plain));
  const decrypt = async (sealed: Bytes) =>
    new Uint8Array(await crypto.subtle.decrypt({ name: "AES-CBC", iv }, await imported, sealed));

  return {
    async seal(message) {
      const sealed = await encrypt(padded(frame(message, appid)), iv);
      return toBase64(sealed.subarray(0, -AES_BLOCK));
    },
    async unseal(sealed) {
      const blocks = wholeBlocks(sealed);
      const lastBlock = blocks.slice(-AES_BLOCK);
      const expected = await encrypt(new Uint8Array(0), lastBlock);
      return unframe(unpadded(await decrypt(concat(blocks, expected))), appid);
    },
  };
}

type Bytes = Uint8Array<ArrayBuffer>;

function frame(message: string, appid: string): Bytes {
  const text = encoder.encode(message);
  const length = new Uint8Array(LENGTH);
  new DataView(length.buffer).setUint32(0, text.length);
  return concat(crypto.getRandomValues(new Uint8Array(RANDOM)), length, text, encoder.encode(appid));
}

function unframe(plain: Bytes, appid: string): string {
  const begin = RANDOM + LENGTH;
  const length = plain.length < begin ? Infinity : new DataView(plain.buffer, plain.byteOffset).getUint32(RANDOM);
  if (begin + length > plain.length) throw new Refusal("Encrypt holds a message shorter than it says");
  const text = decoded(plain.subarray(begin, begin + length));
  if (decoded(plain.subarray(begin + length)) !== appid) throw new Refusal("Encrypt is made for another appid");
  return text;
}

function padded(plain: Bytes): Bytes {
  const missing = PAD_BLOCK - (plain.length % PAD_BLOCK);
  return concat(plain, new Uint8Array(missing).fill(missing));
}

function unpadded(plain: Bytes): Bytes {
  const padding = plain.at(-1) ?? 0;
  const isPadded = padding >= 1 && padding <= PAD_BLOCK && plain.subarray(-padding).every((byte) => byte === padding);
  if (!isPadded) throw new Refusal("Encrypt has bad padding: is it made with another EncodingAESKey?");
  return plain.subarray(0, -padding);
}

function wholeBlocks(sealed: string): Bytes {
  let bytes: Bytes;
  try {
    bytes = fromBase64(sealed);
  } catch {
    throw new Refusal("Encrypt is not base64");
  }
  if (bytes.length === 0 || bytes.length % AES_BLOCK !== 0) throw new Refusal("Encrypt is not of whole AES blocks");
  return bytes;
}

function decoded(bytes: Bytes): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new Refusal("Encrypt holds what is no text in UTF-8");
  }
}

function concat(...parts: Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const fromBase64 = (text: string): Bytes => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
const toBase64 = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
