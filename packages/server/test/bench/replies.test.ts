import { describe, expect, it } from "vitest";
import { readers } from "../../bench/load/replies.ts";

const success = '{"errcode":0,"user_coupon":{}}';
const refusal = '{"errcode":1090029,"errmsg":"."}';
const http = (body: string, status = "200 OK") => `HTTP/1.1 ${status}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
const redis = (body: string) => `$${body.length}\r\n${body}\r\n`;

describe.each([
  ["http", http, ""],
  ["redis", redis, "\r\n"],
] as const)("a reply by %s", (wire, reply, end) => {
  const read = (text: string, length = text.length) => readers[wire](Buffer.from(text), length);

  it.each([
    [success, true],
    [refusal, false],
  ])("%s is read from its first bytes, however it is cut", (body, succeeded) => {
    const whole = reply(body);
    const at = whole.indexOf("{");
    const enough = at + '{"errcode":0,'.length;
    for (let length = 0; length <= whole.length; length++)
      expect(read(whole, length), `${length} bytes of it`).toEqual(
        length < enough ? undefined : { body: at, length: body.length + end.length, succeeded },
      );
  });
});

it("success told with another status is none", () => {
  const reply = Buffer.from(http(success, "503 Service Unavailable"));
  expect(readers.http(reply, reply.length)).toMatchObject({ succeeded: false });
});

it.each([
  ["http", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n12345678901234"],
  ["redis", "-NOSCRIPT No matching script\r\n"],
] as const)("what is no reply by %s is an error", (wire, text) => {
  expect(readers[wire](Buffer.from(text), text.length)).toBeInstanceOf(Error);
});
