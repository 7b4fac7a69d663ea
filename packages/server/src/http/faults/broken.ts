import type { ServerResponse } from "node:http";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context } from "hono";

/** The response of a request that came over a socket; none where it did not. */
const outgoingOf = (c: Context): ServerResponse | undefined => c.env?.outgoing;

/** Resets the connection of a request: nothing more is sent. */
export function reset(c: Context): Response {
  const socket = outgoingOf(c)?.socket;
  if (!socket) return endingAfter(new Uint8Array(), new Response());
  resetSocket(socket);
  return RESPONSE_ALREADY_SENT;
}

/** Sends the headers and half of a reply, and ends the connection. */
export async function half(c: Context, reply: Response): Promise<Response> {
  const body = new Uint8Array(await reply.arrayBuffer());
  const sent = body.subarray(0, Math.floor(body.length / 2));
  const outgoing = outgoingOf(c);
  if (!outgoing) return endingAfter(sent, reply);
  const headers = { ...Object.fromEntries(reply.headers), "content-length": body.length };
  outgoing.writeHead(reply.status, headers);
  outgoing.write(sent, () => outgoing.socket?.destroySoon());
  return RESPONSE_ALREADY_SENT;
}

/** TLS has no reset of its own: there the connection is cut. */
function resetSocket(socket: NonNullable<ServerResponse["socket"]>): void {
  try {
    socket.resetAndDestroy();
  } catch {
    socket.destroy();
  }
}

/** A reply whose body breaks off, as well as can be without a socket. */
function endingAfter(sent: Uint8Array, { status, headers }: Response): Response {
  const body = new ReadableStream({
    start(controller) {
      if (sent.length > 0) controller.enqueue(sent);
    },
    pull: (controller) => controller.error(new Error("the connection ended before the reply was complete")),
  });
  return new Response(body, { status, headers });
}
