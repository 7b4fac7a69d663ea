import type { JsonObject } from "./support/json.ts";

/** The most bytes a body may have (protocol.md section 1), and how deep it may nest. */
export const BODY_LIMIT = 2 ** 20;
const DEPTH_LIMIT = 64;

type Bytes = Uint8Array<ArrayBuffer>;
const bytes = (...parts: (string | number[])[]): Bytes =>
  new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part as string))));

/** `{"deep": …}` of so many levels, the outermost object counted. */
const nested = (levels: number, good: JsonObject): string => {
  const members = JSON.stringify(good).slice(1, -1);
  return `{${members}${members && ","}"deep":${"[".repeat(levels - 1)}${"]".repeat(levels - 1)}}`;
};

/** A body that is good but for the bytes after it: spaces, which JSON allows. */
const padded = (good: JsonObject, size: number): Bytes => {
  const padding = new Uint8Array(size).fill(0x20);
  padding.set(Buffer.from(JSON.stringify(good)));
  return padding;
};

/** The body in chunks, so that nothing tells its length beforehand. */
export const inChunks = (body: Bytes | string, size = 16_384): RequestInit => {
  const whole = typeof body === "string" ? bytes(body) : body;
  let at = 0;
  const stream = new ReadableStream<Bytes>({
    pull(controller) {
      if (at >= whole.length) return controller.close();
      controller.enqueue(whole.slice(at, at + size));
      at += size;
    },
  });
  return { body: stream, duplex: "half" } as RequestInit;
};

const withLength = (body: Bytes, length = body.length): RequestInit => ({
  body,
  headers: { "content-length": String(length) },
});

export type BadBytes = [name: string, errcode: number, init: () => RequestInit, names: string];

/** Bodies that no call can read, made from one that it could. */
export function badBytes(good: JsonObject): BadBytes[] {
  const text = JSON.stringify(good);
  const inText = (...raw: number[]) => bytes(`{"unknown":"`, raw, `",${text.slice(1)}`.replace(",}", "}"));
  const unreadable: [string, string | Bytes][] = [
    ["a cut-off object", text.slice(0, -1)],
    ["an object and more", `${text}{}`],
    ["single quotes", text.replaceAll('"', "'").replace("{}", "{'a':1}")],
    ["a trailing comma", `{"unknown":1,}`],
    ["a comment", `/* why */ ${text}`],
    ["form data", "page_size=3&offset=2"],
    ["XML", "<xml><openid>o</openid></xml>"],
    ["white space", " \r\n"],
    ["a byte order mark alone", bytes([0xef, 0xbb, 0xbf])],
    ["undefined", "undefined"],
    ["NaN", "NaN"],
    ["a NUL", bytes([0])],
    ["an array", "[]"],
    ["the body in an array", `[${text}]`],
    ["a string", JSON.stringify(text)],
    ["a number", "1"],
    ["true", "true"],
    ["null", "null"],
    ["a lone continuation byte", inText(0x80)],
    ["a byte that UTF-8 never has", inText(0xff)],
    ["an overlong slash", inText(0xc0, 0xaf)],
    ["a surrogate", inText(0xed, 0xa0, 0x80)],
    ["a cut-off character", bytes(text, [0xe5, 0x88])],
    ["GBK", inText(0xd3, 0xc5, 0xbb, 0xdd)],
    ["UTF-16", bytes([0xff, 0xfe], [...Buffer.from(text, "utf16le")])],
    [`${DEPTH_LIMIT + 1} levels`, nested(DEPTH_LIMIT + 1, good)],
    ["200 000 levels", nested(200_000, good)],
    ["200 000 levels of nothing else", "[".repeat(200_000)],
  ];
  return [
    ["no body", 44002, () => ({}), "empty post data"],
    ["an empty body", 44002, () => ({ body: "" }), "empty post data"],
    ["an empty body of told length", 44002, () => withLength(bytes("")), "empty post data"],
    ["an empty stream", 44002, () => inChunks(""), "empty post data"],
    ...unreadable.map(([name, body]): BadBytes => [name, 47001, () => ({ body }), "hint: [body: "]),
    ["1 MiB and a byte", 47001, () => withLength(padded(good, BODY_LIMIT + 1)), `${BODY_LIMIT} bytes`],
    ["1 MiB and a byte in chunks", 47001, () => inChunks(padded(good, BODY_LIMIT + 1)), `${BODY_LIMIT} bytes`],
    ["3 MiB in one chunk", 47001, () => inChunks(padded(good, 3 * BODY_LIMIT), 3 * BODY_LIMIT), `${BODY_LIMIT} bytes`],
  ];
}

/** Bodies that are odd and yet good: they stand right at the limits that {@link badBytes} passes. */
export const oddButGood = (good: JsonObject): [name: string, init: () => RequestInit][] => [
  ["1 MiB", () => withLength(padded(good, BODY_LIMIT))],
  ["1 MiB in chunks", () => inChunks(padded(good, BODY_LIMIT))],
  ["a byte a chunk", () => inChunks(JSON.stringify(good), 1)],
  ["a byte order mark before it", () => ({ body: bytes([0xef, 0xbb, 0xbf], JSON.stringify(good)) })],
  [`${DEPTH_LIMIT} levels`, () => ({ body: nested(DEPTH_LIMIT, good) })],
  ["another content-type", () => ({ body: JSON.stringify(good), headers: { "content-type": "text/plain" } })],
];
