import { getPath, getQueryParam } from "hono/utils/url";
import { type Answer, halfOf, type WireCall, type WireReply } from "./wire-call.ts";

/** Answers a call that is a `Request`, as embedders and tests make it, with a `Response`. */
export async function answerRequest(answer: Answer, request: Request): Promise<Response> {
  return responseOf(await answer(callOf(request)));
}

const callOf = (request: Request): WireCall => ({
  method: request.method,
  path: getPath(request),
  url: request.url,
  query: (name) => getQueryParam(request.url, name) as string | undefined,
  header: (name) => request.headers.get(name) ?? undefined,
  body: {
    from: request.body as AsyncIterable<Uint8Array> | null,
    length: request.headers.get("content-length") ?? undefined,
  },
  get isAbandoned() {
    return request.signal.aborted;
  },
});

function responseOf(reply: WireReply): Response {
  const { status, headers, breaks } = reply;
  if (breaks)
    return new Response(endingAfter(breaks === "half" ? halfOf(reply) : Buffer.alloc(0)), { status, headers });
  if (typeof reply.body === "string") return new Response(reply.body, { status, headers });
  const bytes = reply.body as Uint8Array<ArrayBuffer>;
  return new Response(bytes, { status, headers: { ...headers, "content-length": String(bytes.byteLength) } });
}

/** A body that breaks off, as well as can be without a socket. */
const endingAfter = (sent: Buffer): ReadableStream =>
  new ReadableStream({
    start(controller) {
      if (sent.length > 0) controller.enqueue(sent);
    },
    pull: (controller) => controller.error(new Error("the connection ended before the reply was complete")),
  });
