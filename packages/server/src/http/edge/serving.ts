import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import { answerSocket } from "./over-socket.ts";
import type { Answer } from "./wire-call.ts";

/** A server's calls, for whoever makes requests in this process, and for a server of sockets. */
export type Serving = {
  fetch(request: Request): Response | Promise<Response>;
  listener: RequestListener;
};

/** Where a request is taken to have been sent whose Host says nothing. */
const UNNAMED = "localhost";

/** Whether an address can be made of a host, whose clients all say the same. */
const isHost = memoized((host) => /^[\w.~:[\]-]+$/.test(host) && URL.canParse(`http://${host}/`));

/**
 * Serves the wire's calls, by their paths as they are spelled, straight from the socket; whatever else comes, and the same calls in
 * another spelling, is `others`'.
 */
export function servingOf(wire: ReadonlyMap<string, Answer>, others: Hono): Serving {
  const othersListener = getRequestListener(others.fetch, { hostname: UNNAMED });
  return {
    fetch: (request) => others.fetch(request),
    listener(incoming: IncomingMessage, outgoing: ServerResponse) {
      const { url = "" } = incoming;
      const end = url.indexOf("?");
      const path = end === -1 ? url : url.slice(0, end);
      const answer = wire.get(path);
      if (answer && isHost(incoming.headers.host ?? "")) void answerSocket(answer, path, incoming, outgoing);
      else void othersListener(incoming, outgoing);
    },
  };
}

/** Remembers what was asked last. */
function memoized(judge: (text: string) => boolean): (text: string) => boolean {
  let [last, verdict] = ["", false];
  return (text) => {
    if (text !== last) [last, verdict] = [text, judge(text)];
    return verdict;
  };
}
