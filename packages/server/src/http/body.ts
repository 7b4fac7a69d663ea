import { isUtf8 } from "node:buffer";
import { type Parsed, parseBody, type Schema, type WireError } from "@quanku/protocol";
import type { Context } from "hono";
import { BODY_LIMIT, type Bodies, type Unread } from "./bodies.ts";

/** Reads a request's JSON body by a schema. */
export async function readBody<T>(bodies: Bodies, c: Context, schema: Schema<T>): Promise<Parsed<T>> {
  const bytes = await bodies.read(c.req.raw, c.env?.incoming);
  if (typeof bytes === "string") return { ok: false, error: unread[bytes] };
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

const fault = (detail: string): { ok: false; error: { errcode: 47001; detail: string } } => ({
  ok: false,
  error: { errcode: 47001, detail },
});

/** What a client is told whose body was not read. */
const unread: Record<Unread, WireError> = {
  too_large: { errcode: 47001, detail: `body: must have at most ${BODY_LIMIT} bytes` },
  too_many_pieces: { errcode: 47001, detail: "body: comes in too many pieces; send it in larger ones" },
  too_slow: { errcode: 990010, detail: "the body did not come in time" },
  no_room: { errcode: 990010, detail: "too many bodies are being read" },
};
