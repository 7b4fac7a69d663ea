import { type RouteName, type RouteReply, routeOf } from "@quanku/protocol/admin";
import { makeCall } from "../src/http/admin/call.ts";
import type { AdminServices } from "../src/http/admin/handler.ts";
import { placed } from "../src/http/admin/input.ts";
import { isProblem, type Problem } from "../src/http/admin/problem.ts";
import { commandLine, type Who } from "../src/http/admin/who.ts";

type Server = { admin: AdminServices };

/** Makes an operator's call without HTTP; what it names is one object, a file it is sent a text. Replies are held to their schemas. */
export async function operate<N extends RouteName>(
  { admin }: Server,
  name: N,
  given: Record<string, unknown> = {},
  { who = commandLine, file = "" }: { who?: Who; file?: string | Uint8Array } = {},
): Promise<RouteReply<N> | Problem> {
  async function* upload() {
    yield Buffer.from(file as string);
  }
  const sent = placed(name, given);
  const text = sent.body === undefined ? "" : JSON.stringify(sent.body);
  const answer = await makeCall(admin, who, name, sent, { upload: upload(), text });
  if (isProblem(answer)) return answer;
  if ("file" in answer) throw new Error(`${name} answered a file: take it with operatedFile`);
  if ("seeOther" in answer) throw new Error(`${name} leads on to ${answer.seeOther}`);
  const reply = "json" in answer ? JSON.parse(answer.json) : answer.reply;
  return (routeOf(name).reply?.parse(reply) ?? {}) as RouteReply<N>;
}

/** The same for a call that must succeed. */
export async function operated<N extends RouteName>(...asked: Parameters<typeof operate<N>>): Promise<RouteReply<N>> {
  const answer = await operate<N>(...asked);
  if (isProblem(answer as object)) throw new Error(`${asked[1]} answered ${JSON.stringify(answer)}`);
  return answer as RouteReply<N>;
}

/** The same for a call that answers a file: its text. */
export async function operatedFile(
  { admin }: Server,
  name: RouteName,
  given: Record<string, unknown>,
): Promise<string> {
  const answer = await makeCall(admin, commandLine, name, placed(name, given));
  if (!("file" in answer)) throw new Error(`${name} answered ${JSON.stringify(answer)}`);
  let text = "";
  for await (const piece of answer.file) text += piece;
  return text;
}
