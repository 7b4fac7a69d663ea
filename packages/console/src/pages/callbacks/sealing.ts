/** How long each part of an encrypted message is, in bytes; `text` in characters of base64 (docs/callback.md). */
export type Sizes = {
  message: number;
  appid: number;
  together: number;
  padding: number;
  padded: number;
  text: number;
};

/** Random bytes before a message, and those of its length. */
const HEAD = 16 + 4;
/** Blocks that the platform's padding fills. */
const BLOCK = 32;

/** What the encryption of a message for an app comes to. */
export function sizesOf(message: string, appid: string): Sizes {
  const bytes = (text: string) => new TextEncoder().encode(text).length;
  const sizes = { message: bytes(message), appid: bytes(appid) };
  const together = HEAD + sizes.message + sizes.appid;
  const padding = BLOCK - (together % BLOCK);
  const padded = together + padding;
  return { ...sizes, together, padding, padded, text: 4 * Math.ceil(padded / 3) };
}

/** A query that came, and what its signatures should be. */
export type Checked = {
  parts: string[];
  /** What it has; undefined: it has none. */
  came: string | undefined;
  expected: string;
};

const sha1 = async (text: string) => {
  const digest = await crypto.subtle.digest("SHA-1", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
};

/**
 * Reckons `signature` of a query, and `msg_signature` where `Encrypt` is given, as the platform does: SHA-1 of the texts
 * sorted by their bytes and joined. `address`: the query, or the whole URL.
 */
export async function checkSignatures(
  address: string,
  token: string,
  encrypt: string | undefined,
): Promise<Record<"signature" | "msg_signature", Checked | undefined>> {
  const query = new URLSearchParams(address.trim().replace(/^[^?]*\?/, ""));
  const signed = [token, query.get("timestamp") ?? "", query.get("nonce") ?? ""];
  const check = async (name: string, ...more: string[]): Promise<Checked> => {
    const parts = [...signed, ...more].sort();
    return { parts, came: query.get(name) ?? undefined, expected: await sha1(parts.join("")) };
  };
  return {
    signature: await check("signature"),
    msg_signature: encrypt === undefined ? undefined : await check("msg_signature", encrypt),
  };
}
