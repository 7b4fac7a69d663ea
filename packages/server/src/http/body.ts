import { isUtf8 } from "node:buffer";
import { type Parsed, parseText, type Schema } from "@quanku/protocol";

/** The largest body that is read, in bytes (protocol.md section 1). */
export const BODY_LIMIT = 2 ** 20;

/**
 * How much of a body that is too large is read and thrown away, in bytes, so that its sender gets to read the refusal;
 * beyond that the connection is cut.
 */
const DISCARD_LIMIT = 16 * BODY_LIMIT;

/** A body that was read, and its text; or why it could not be. */
export type ReadBody<T> = { parsed: Parsed<T>; text: string };

/** Reads a request's JSON body by a schema. A body over {@link BODY_LIMIT} is never held in memory whole. */
export async function readBody<T>(request: Request, schema: Schema<T>): Promise<ReadBody<T>> {
  const bytes = await readBytes(request);
  if (bytes === tooLarge) return fault(`body: must have at most ${BODY_LIMIT} bytes`);
  if (!isUtf8(bytes)) return fault("body: must be UTF-8");
  const text = bytes.toString("utf8");
  return { parsed: parseText(schema, text), text };
}

const tooLarge = Symbol("too large");

async function readBytes(request: Request): Promise<Buffer | typeof tooLarge> {
  const length = request.headers.get("content-length");
  if (length !== null) return Number(length) > BODY_LIMIT ? tooLarge : Buffer.from(await request.arrayBuffer());
  if (request.body === null) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > DISCARD_LIMIT) break;
    if (size <= BODY_LIMIT) chunks.push(chunk);
  }
  return size > BODY_LIMIT ? tooLarge : Buffer.concat(chunks);
}

const fault = (detail: string): ReadBody<never> => ({
  parsed: { ok: false, error: { errcode: 47001, detail } },
  text: "",
});
