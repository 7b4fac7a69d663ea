import { randomBytes } from "node:crypto";
import { errorText, type WireError } from "@quanku/protocol/codes";

/** `xxxxxxxx-xxxxxxxx-xxxxxxxx`: the Unix time in seconds, then 64 random bits. It names a request in replies and logs. */
export function newRid(now: number): string {
  const random = randomBytes(8).toString("hex");
  return `${now.toString(16).padStart(8, "0")}-${random.slice(0, 8)}-${random.slice(8)}`;
}

const headers = { "content-type": "application/json; charset=utf-8" };

/** What a call that succeeded answers: what stands beside `errcode: 0`, or the whole reply where it is ready as bytes. */
export type Reply<Payload extends object> = { payload: Payload } | { bytes: Buffer };

/** `errcode` first, no errmsg, then the payload's members in their order. Of bytes the length is told, so that they are not sent in chunks. */
export function success(reply: Reply<object>): Response {
  if ("payload" in reply) return new Response(JSON.stringify({ errcode: 0, ...reply.payload }), { headers });
  return new Response(reply.bytes as Uint8Array<ArrayBuffer>, {
    headers: { ...headers, "content-length": String(reply.bytes.byteLength) },
  });
}

/** A reply without errcode, as the token calls give. */
export const plain = (payload: object): Response => new Response(JSON.stringify(payload), { headers });

/** The reply to a call that failed: HTTP 200 all the same, since clients throw away the body of anything else. */
export const failure = (error: WireError, rid: string): Response =>
  new Response(JSON.stringify({ errcode: error.errcode, errmsg: `${errorText(error)} rid: ${rid}` }), { headers });
