import { isUtf8 } from "node:buffer";
import { type Parsed, parseBody, type Schema } from "@quanku/protocol";

/** The largest body that is read, in bytes (protocol.md section 1). */
export const BODY_LIMIT = 2 ** 20;

/**
 * How much of a body that is too large is read and thrown away, in bytes, so that its sender gets to read the refusal;
 * beyond that the connection is cut.
 */
const DISCARD_LIMIT = 16 * BODY_LIMIT;

/** Reads a request's JSON body by a schema. A body over {@link BODY_LIMIT} is never held in memory whole. */
export async function readBody<T>(request: Request, schema: Schema<T>): Promise<Parsed<T>> {
  const bytes = await readBytes(request);
  if (bytes === tooLarge) return fault(`body: must have at most ${BODY_LIMIT} bytes`);
  if (bytes.length === 0) return { ok: false, error: { errcode: 44002 } };
  if (!isUtf8(bytes)) return fault("body: must be UTF-8");
  let body: unknown;
  try {
    body = JSON.parse(bytes.toString("utf8").replace(/^\uFEFF/, ""));
  } catch (error) {
    return fault(`body: must be JSON${placeOf(error as SyntaxError)}`);
  }
  return parseBody(schema, body);
}

/** Where JSON broke. Only that: the parser's message may quote the body, which may hold a secret. */
const placeOf = ({ message }: SyntaxError) => {
  const place = /at position \d+( \(line \d+ column \d+\))?/.exec(message)?.[0];
  return place === undefined ? "" : `; it breaks ${place}`;
};

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

const fault = (detail: string): { ok: false; error: { errcode: 47001; detail: string } } => ({
  ok: false,
  error: { errcode: 47001, detail },
});
