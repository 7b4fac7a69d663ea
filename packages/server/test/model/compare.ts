import type { Expected } from "./model.ts";

/** Where the server and the model part. */
export class Mismatch extends Error {
  override name = "Mismatch";
}

/** A reply as it came. */
export type Sent = { status: number; contentType: string | null; text: string };

const RID = / rid: ([0-9a-f]{8})-[0-9a-f]{8}-[0-9a-f]{8}$/;

/**
 * Throws unless the reply is one of those expected; answers which it is. A refusal is named at `real`, everybody's time,
 * whatever the app's clock shows.
 */
export function compare(where: string, expected: readonly Expected[], sent: Sent, real: number): Expected {
  const wanted = [...new Set(expected.map((one) => ("text" in one ? one.text : `${one.errcode} (${one.why})`)))];
  const fail = (why: string) => new Mismatch([where, `expected ${why}`, `received ${sent.text}`].join("\n"));
  if (sent.status !== 200) throw fail(`status 200, not ${sent.status}`);
  if (sent.contentType !== "application/json; charset=utf-8") throw fail(`JSON, not ${sent.contentType}`);
  const met = expected.find((one) => ("text" in one ? isText(sent, one.text) : isRefusal(sent, one.errcode, real)));
  if (!met) throw fail(wanted.join("\n      or "));
  return met;
}

/**
 * Compared as text, since the order of members counts; how a character is escaped does not, nor in which words a reason
 * is explained.
 */
const isText = ({ text }: Sent, wanted: string) =>
  text === wanted || JSON.stringify(JSON.parse(text)).replace(EXPLAINED, "") === wanted;
const EXPLAINED = /,"explained":"(?:[^"\\]|\\.)*"/g;

/** A refusal is its code and a text that ends with the request's id, which begins with the time. */
function isRefusal({ text }: Sent, errcode: number, real: number): boolean {
  const reply = JSON.parse(text) as { errcode?: unknown; errmsg?: unknown };
  const rid = RID.exec(String(reply.errmsg));
  const itsTime = rid !== null && Number.parseInt(rid[1] as string, 16) === real;
  return reply.errcode === errcode && Object.keys(reply).join() === "errcode,errmsg" && itsTime;
}
