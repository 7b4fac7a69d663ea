import { isUtf8 } from "node:buffer";
import { type Parsed, parseText, type Schema } from "@quanku/protocol/calls";
import type { WireError } from "@quanku/protocol/codes";
import { BODY_LIMIT, type Bodies, type Unread } from "./bodies.ts";
import type { WireCall } from "./edge/wire-call.ts";

/** A body that was read, and its text; or why it could not be. */
export type ReadBody<T> = { parsed: Parsed<T>; text: string };

/** Reads a request's JSON body by a schema. */
export async function readBody<T>(
  bodies: Bodies,
  { body }: Pick<WireCall, "body">,
  schema: Schema<T>,
): Promise<ReadBody<T>> {
  const bytes = await bodies.read(body.from, body.length);
  if (typeof bytes === "string") return fault(unread[bytes]);
  if (!isUtf8(bytes)) return fault({ errcode: 47001, detail: "body: must be UTF-8" });
  const text = bytes.toString("utf8");
  return { parsed: parseText(schema, text), text };
}

const fault = (error: WireError): ReadBody<never> => ({ parsed: { ok: false, error }, text: "" });

/** What a client is told whose body was not read. */
const unread: Record<Unread, WireError> = {
  too_large: { errcode: 47001, detail: `body: must have at most ${BODY_LIMIT} bytes` },
  too_many_pieces: { errcode: 47001, detail: "body: comes in too many pieces; send it in larger ones" },
  too_slow: { errcode: 990010, detail: "the body did not come in time" },
  no_room: { errcode: 990010, detail: "too many bodies are being read" },
};
