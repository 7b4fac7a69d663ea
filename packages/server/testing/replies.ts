import { isDeepStrictEqual } from "node:util";
import { type CallName, calls, type Schema } from "@quanku/protocol/calls";
import { codes } from "@quanku/protocol/codes";

export type Reply = { errcode?: number; errmsg?: string; [payload: string]: unknown };

const rid = /\S rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/;

/**
 * Holds a reply to what the protocol says of it, and throws where it is another: a success has what its call's schema
 * describes and no member besides, however deep; a failure has a known code and a text with a rid, and nothing else.
 * The merchant's document alone may hold what nobody knows.
 */
export function readReply(call: CallName, reply: Reply): void {
  const { errcode, ...payload } = reply;
  const fault = errcode === 0 ? faultOfPayload(call, payload) : faultOfFailure(reply);
  if (fault)
    throw new Error(`${call} answered what the protocol does not describe: ${fault}: ${JSON.stringify(reply)}`);
}

function faultOfPayload(call: CallName, payload: object): string | undefined {
  const read = (calls[call].reply as Schema<unknown>).safeParse(payload);
  if (!read.success) {
    const [issue] = read.error.issues;
    return `${issue?.path.join(".")} ${issue?.message}`;
  }
  // A schema leaves out what it does not know, and turns digits into numbers: nothing of that happens to a reply.
  return isDeepStrictEqual(shownOf(read.data), shownOf(payload)) ? undefined : "its schema reads another of it";
}

function faultOfFailure({ errcode, errmsg, ...more }: Reply): string | undefined {
  if (errcode === undefined || !Object.hasOwn(codes, errcode)) return "errcode is none of the protocol's";
  const { text } = codes[errcode as keyof typeof codes];
  if (!errmsg?.startsWith(text) || !rid.test(errmsg)) return "errmsg is not the code's text with a rid";
  return Object.keys(more).length > 0 ? "a failure has errcode and errmsg alone" : undefined;
}

/** A value without the merchants' documents in it, of which `ext_info` alone is ours. */
function shownOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shownOf);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      name === "coupon_info" ? (member as { ext_info?: unknown }).ext_info : shownOf(member),
    ]),
  );
}
