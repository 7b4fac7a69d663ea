import { hash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { Context } from "hono";

/** Something that is served, as it is and compressed. */
export type File = { type: string; caching: string; tag: string; bytes: Buffer; zipped: Buffer };

/** How a file is kept whose name changes with what is in it. */
export const KEPT_FOR_GOOD = "public, max-age=31536000, immutable";

export const file = (type: string, caching: string, bytes: Buffer): File => ({
  type,
  caching,
  tag: `"${hash("sha256", bytes).slice(0, 16)}"`,
  bytes,
  zipped: gzipSync(bytes),
});

/** Answers a file, or that the client has it already. `always` are headers that stand on both. */
export function send(
  c: Context,
  { type, caching, tag, bytes, zipped }: File,
  always: Readonly<Record<string, string>>,
): Response {
  const headers = { ...always, "cache-control": caching, etag: tag, vary: "Accept-Encoding" };
  const known = c.req
    .header("if-none-match")
    ?.split(",")
    .map((one) => one.trim().replace(/^W\//, ""));
  if (known?.includes(tag)) return c.body(null, 304, headers);
  const content = { ...headers, "content-type": `${type}; charset=utf-8` };
  const isZipped = /\bgzip\b/.test(c.req.header("accept-encoding") ?? "");
  const sent = (isZipped ? zipped : bytes) as Uint8Array<ArrayBuffer>;
  return c.body(sent, 200, { ...content, ...(isZipped && { "content-encoding": "gzip" }) });
}
