import type { IncomingMessage, ServerResponse } from "node:http";
import { ReadableStream } from "node:stream/web";

/** Listens to `http.createServer`, or is a middleware of Express or Connect, whose `next` is told of errors. */
export type NodeListener = (
  request: IncomingMessage & { body?: unknown },
  response: ServerResponse,
  next?: (error: unknown) => void,
) => void;

/**
 * Serves a fetch handler, such as the one of `createCallbackHandler`, from Node.js' own HTTP server. As a middleware it
 * must come before what parses bodies; a body that is kept as it came, as `express.raw` and `express.text` do, is fine.
 */
export function toNodeListener(handler: (request: Request) => Promise<Response>): NodeListener {
  return (request, response, next) => {
    serve(handler, request, response).catch((error) => {
      if (next) return next(error);
      console.error(error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  };
}

async function serve(handler: (request: Request) => Promise<Response>, incoming: Incoming, outgoing: ServerResponse) {
  const answer = await handler(requestOf(incoming));
  const headers = Object.fromEntries(answer.headers);
  // What was not read of a body is not waited for.
  if (!incoming.complete) headers.connection = "close";
  const body = Buffer.from(await answer.arrayBuffer());
  outgoing.writeHead(answer.status, headers).end(body);
}

type Incoming = Parameters<NodeListener>[0];

function requestOf(incoming: Incoming): Request {
  const { method = "GET", url = "/", headers } = incoming;
  const named = Object.entries(headers).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : []));
  // Only path and query are the request's own: what host it was sent to is no matter of the handler's.
  const address = new URL(`http://localhost${url.startsWith("/") ? url : new URL(url, "http://localhost").search}`);
  const hasBody = method !== "GET" && method !== "HEAD";
  return new Request(address, {
    method: /^(CONNECT|TRACE|TRACK)$/i.test(method) ? "OPTIONS" : method,
    headers: named as [string, string][],
    ...(hasBody && { body: bodyOf(incoming), duplex: "half" }),
  } as RequestInit);
}

function bodyOf(incoming: Incoming) {
  const { body, readableDidRead } = incoming;
  if (!readableDidRead) return ReadableStream.from(incoming.iterator({ destroyOnReturn: false }));
  if (typeof body === "string" || body instanceof Uint8Array) return body;
  throw new Error(
    "the body was read before the callback handler, whose signature covers it as it came: put the handler before express.json() and the like, or give its path express.text({ type: () => true })",
  );
}
