import { isUtf8 } from "node:buffer";
import { adminRoot, type RouteName, routeOf } from "@quanku/protocol/admin";
import { detailInChinese, readJson } from "@quanku/protocol/calls";
import type { WireError } from "@quanku/protocol/codes";
import type { Context } from "hono";
import { BODY_LIMIT, type Bodies, type Unread } from "../bodies.ts";
import { mustBeUtf8 } from "../lines.ts";
import type { Given } from "./input.ts";
import { type FieldFault, faultIn, faultsIn, inBothOf, type Problem, problem } from "./problem.ts";

/** What stands in a request's path and query. An id may hold anything, `/` too: each part of the path is decoded by itself. */
export function givenIn(name: RouteName, c: Context): Given | Problem {
  const { pathname, searchParams } = new URL(c.req.url);
  const parts = pathname.slice(adminRoot.length).split("/");
  const path: Record<string, string> = {};
  for (const [i, part] of routeOf(name).path.split("/").entries()) {
    if (!part.startsWith("{")) continue;
    const parameter = part.slice(1, -1);
    const text = decoded(parts[i] ?? "");
    if (text === undefined) return faultIn(parameter, "must be percent-encoded UTF-8", "必须是百分号编码的 UTF-8");
    path[parameter] = text;
  }
  for (const field of searchParams.keys())
    if (searchParams.getAll(field).length > 1) return faultIn(field, "must be given once", "只能给出一次");
  return { path, query: Object.fromEntries(searchParams), body: undefined };
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/** Reads a request's JSON body; none is an empty one. */
export async function readJsonBody(bodies: Bodies, c: Context): Promise<{ text: string; body: unknown } | Problem> {
  const bytes = await bodies.read(c.env?.incoming ?? c.req.raw.body, c.req.header("content-length"));
  if (typeof bytes === "string") return unread[bytes];
  if (bytes.length === 0) return { text: "", body: undefined };
  const wrongType = mediaTypeFault(c, "application/json");
  if (wrongType) return wrongType;
  if (!isUtf8(bytes)) return faultsIn([inBothOf("body", mustBeUtf8)]);
  const text = bytes.toString("utf8");
  const read = readJson(text);
  if (!read.ok) return faultsIn([notJson(read.error)]);
  return { text, body: read.value };
}

/** A body that is no JSON, and where it breaks. */
const notJson = ({ detail = "must be JSON" }: WireError): FieldFault => ({
  field: "body",
  detail: detail.replace("body: ", ""),
  zh: detailInChinese(detail.replace("body: ", "")),
});

/** What is wrong with a request's media type, if anything. */
export function mediaTypeFault(c: Context, expected: string): Problem | undefined {
  const given = c.req.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  return given === expected
    ? undefined
    : problem(415, "media_type", `send it with Content-Type: ${expected}`, `发送时请带 Content-Type: ${expected}`);
}

const unread: Record<Unread, Problem> = {
  too_large: problem(
    413,
    "too_large",
    `the body must have at most ${BODY_LIMIT} bytes`,
    `请求体最多 ${BODY_LIMIT} 字节`,
  ),
  too_many_pieces: problem(
    413,
    "too_many_pieces",
    "the body comes in too many pieces: send it in larger ones",
    "请求体分成了太多小块：请用更大的块发送",
  ),
  too_slow: problem(400, "too_slow", "the body did not come in time: send it again", "请求体没有及时送达：请重新发送"),
  no_room: {
    ...problem(503, "busy", "too many bodies are being read", "正在读取的请求体过多，请稍后再试"),
    retryAfter: 1,
  },
};
