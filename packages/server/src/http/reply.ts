import { randomUUID } from "node:crypto";
import { errorText, type WireError } from "@quanku/protocol/codes";
import type { ToldRefusal } from "../wire/refusals.ts";
import type { WireReply } from "./edge/wire-call.ts";

/** `xxxxxxxx-xxxxxxxx-xxxxxxxx`: the Unix time in seconds, then 64 random bits. It names a request in replies and logs. */
export function newRid(now: number): string {
  // Both ends of a UUID are random, and Node.js has the next ones ready.
  const random = randomUUID();
  return `${now.toString(16).padStart(8, "0")}-${random.slice(0, 8)}-${random.slice(-8)}`;
}

const headers = { "content-type": "application/json; charset=utf-8" };

/** What a call that succeeded answers: what stands beside `errcode: 0`, or the whole body where it is ready. */
export type Reply<Payload extends object> = { payload: Payload } | { ready: string | Buffer };

/** What a call is answered: a reply, one without errcode as the token calls give it, or a failure. */
export type Served = Reply<object> | { plain: object } | WireError | ToldRefusal;

/** Whether a call failed. */
export const isFailure = (served: Served): served is WireError | ToldRefusal => "errcode" in served;

/** The text of a failure: the code's own, a detail where there is one, then the rid. */
export const errmsgOf = (error: WireError, rid: string): string => `${errorText(error)} rid: ${rid}`;

/** A reply's body: `errcode` first, no errmsg, then the payload's members in their order. */
export function bodyOf(reply: Exclude<Served, WireError>): string | Buffer {
  if ("ready" in reply) return reply.ready;
  return JSON.stringify("plain" in reply ? reply.plain : { errcode: 0, ...reply.payload });
}

/** The body of a failure, whose errmsg is given. */
export const failureBody = ({ errcode }: WireError, errmsg: string): string => JSON.stringify({ errcode, errmsg });

/** A reply with a body, to a call that failed too: HTTP 200 all the same, since clients throw away the body of anything else. */
export const respond = (body: string | Buffer, more?: Readonly<Record<string, string>>): WireReply => ({
  status: 200,
  headers: more ? { ...headers, ...more } : headers,
  body,
});
