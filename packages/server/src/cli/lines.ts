import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import type { Parsed } from "@quanku/protocol/calls";
import { BODY_LIMIT } from "../http/bodies.ts";

const LINE_FEED = 0x0a;

/** A line that is not empty, counted from 1; or why it cannot be one, with which the file ends. */
type Line = { line: number; read: Parsed<string> };

/**
 * The lines of a file of JSON Lines, held to what a request's body is held to: {@link BODY_LIMIT} bytes of UTF-8. Only a
 * line feed ends one, since a text may hold every other line separator. A longer line is never held in memory whole.
 */
export async function* readLines(file: string): AsyncGenerator<Line> {
  let begun: Buffer[] = [];
  let size = 0;
  let line = 1;
  const take = (piece: Buffer) => {
    begun.push(piece);
    size += piece.length;
    return size <= BODY_LIMIT;
  };
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
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
  if (!isUtf8(bytes)) return yield { line, read: fault("must be UTF-8") };
  const text = bytes.toString("utf8");
  if (text.trim() !== "") yield { line, read: { ok: true, value: text } };
}

const tooLong = (line: number): Line => ({ line, read: fault(`must have at most ${BODY_LIMIT} bytes`) });

const fault = (why: string): Parsed<string> => ({ ok: false, error: { errcode: 47001, detail: `body: ${why}` } });
