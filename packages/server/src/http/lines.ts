import { isUtf8 } from "node:buffer";
import { inBoth, type Parsed } from "@quanku/protocol/calls";
import { BODY_LIMIT } from "./bodies.ts";

/** What is wrong with bytes that are no text. */
export const mustBeUtf8 = inBoth("must be UTF-8", "必须是 UTF-8");

const mustHaveBytes = inBoth(`must have at most ${BODY_LIMIT} bytes`, `最多 ${BODY_LIMIT} 字节`);

const LINE_FEED = 0x0a;

/** A line that is not empty, counted from 1; or why it cannot be one, with which the file ends. */
export type Line = { line: number; read: Parsed<string> };

/**
 * The lines of a file of JSON Lines, held to what a request's body is held to: {@link BODY_LIMIT} bytes of UTF-8. Only a
 * line feed ends one, since a text may hold every other line separator. A longer line is never held in memory whole.
 */
export async function* linesIn(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let begun: Uint8Array[] = [];
  let size = 0;
  let line = 1;
  const take = (piece: Uint8Array) => {
    begun.push(piece);
    size += piece.length;
    return size <= BODY_LIMIT;
  };
  for await (const chunk of bytes) {
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, from)) {
      if (!take(chunk.subarray(from, end))) return yield tooLong(line);
      yield* lineOf(line, Buffer.concat(begun));
      [begun, size, from, line] = [[], 0, end + 1, line + 1];
    }
    if (!take(chunk.subarray(from))) return yield tooLong(line);
  }
  yield* lineOf(line, Buffer.concat(begun));
}

function* lineOf(line: number, bytes: Buffer): Generator<Line> {
  if (!isUtf8(bytes)) return yield { line, read: fault(mustBeUtf8) };
  const text = bytes.toString("utf8");
  if (text.trim() !== "") yield { line, read: { ok: true, value: text } };
}

const tooLong = (line: number): Line => ({ line, read: fault(mustHaveBytes) });

const fault = (why: string): Parsed<string> => ({ ok: false, error: { errcode: 47001, detail: `body: ${why}` } });
