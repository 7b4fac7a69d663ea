import { randomFillSync } from "node:crypto";
import type { Job } from "./job.ts";

/** Makes the requests of one connection. What it answers is valid until it is called again. */
export type NextRequest = () => Buffer;

/** For each placeholder what it becomes, by a random byte. */
const ALPHABETS = new Map(
  Object.entries({
    "~": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-",
    "#": "0123456789abcdef",
    "%": "0123456789",
  }).map(([placeholder, alphabet]) => [placeholder.charCodeAt(0), Buffer.alloc(256, alphabet)]),
);
const RANDOM_BYTES = 2 ** 16;
const NUMBER = "@@@@@@@@";
/** How many requests were made of each template. */
const made = new Map<string, number>();

/** For each connection, what makes its requests: bytes that are ready, so that sending costs the generator little. */
export function requestMaker({ path, bodies, wire }: Pick<Job, "path" | "bodies" | "wire">): () => NextRequest {
  const request = (body: string) => (wire === "redis" ? Buffer.from(body) : httpRequest(path, body));
  if (bodies.kind === "random") {
    const template = request(bodies.template);
    const bodyStart = template.length - Buffer.byteLength(bodies.template);
    const number = () => {
      const next = made.get(bodies.template) ?? 0;
      made.set(bodies.template, next + 1);
      return String(next).padStart(NUMBER.length, "0");
    };
    return () => randomRequests(Buffer.from(template), bodyStart, number);
  }
  const ready = bodies.bodies.map(request);
  let turn = 0;
  const next = () => {
    const buffer = ready[turn] as Buffer;
    turn = (turn + 1) % ready.length;
    return buffer;
  };
  return () => next;
}

function randomRequests(buffer: Buffer, bodyStart: number, number: () => string): NextRequest {
  const numbers: number[] = [];
  for (let at = buffer.indexOf(NUMBER); at >= 0; at = buffer.indexOf(NUMBER, at + NUMBER.length)) numbers.push(at);
  const places: { at: number; alphabet: Buffer }[] = [];
  for (let at = bodyStart; at < buffer.length; at++) {
    const alphabet = ALPHABETS.get(buffer[at] as number);
    if (alphabet) places.push({ at, alphabet });
  }
  const random = Buffer.alloc(RANDOM_BYTES);
  let used = RANDOM_BYTES;
  return () => {
    if (used + places.length > RANDOM_BYTES) {
      randomFillSync(random);
      used = 0;
    }
    for (const { at, alphabet } of places) buffer[at] = alphabet[random[used++] as number] as number;
    const digits = numbers.length > 0 ? number() : "";
    for (const at of numbers) buffer.write(digits, at, "latin1");
    return buffer;
  };
}

function httpRequest(path: string, body: string): Buffer {
  const head = [
    `POST ${path} HTTP/1.1`,
    "host: 127.0.0.1",
    "content-type: application/json",
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`);
}
