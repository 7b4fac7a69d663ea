import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { getQueryParam } from "hono/utils/url";
import { type Answer, halfOf, type WireCall, type WireReply } from "./wire-call.ts";

/** How long what is left of a body is read and thrown away once its call is answered, in milliseconds. */
const DRAIN_MS = 500;

/** Answers a call that came over a socket, without the web's `Request` and `Response` in between: they cost more than a claim may. */
export async function answerSocket(
  answer: Answer,
  path: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  let reply: WireReply;
  try {
    reply = await answer(new SocketCall(path, incoming));
  } catch {
    // It should not throw. Where it does, whoever called finds the connection closed, and nobody else is held up.
    outgoing.destroy();
    return;
  }
  if (outgoing.destroyed) return;
  send(reply, outgoing);
  if (!incoming.readableEnded) drain(incoming);
}

/** A call over a socket. What nobody asks of it is not made. */
class SocketCall implements WireCall {
  readonly path: string;
  readonly #incoming: IncomingMessage;

  constructor(path: string, incoming: IncomingMessage) {
    this.path = path;
    this.#incoming = incoming;
  }

  get method(): string {
    return this.#incoming.method ?? "";
  }

  get url(): string {
    const { socket, headers, url = "" } = this.#incoming;
    const scheme = (socket as { encrypted?: boolean }).encrypted ? "https" : "http";
    return `${scheme}://${headers.host}${url}`;
  }

  query(name: string): string | undefined {
    return getQueryParam(this.#incoming.url ?? "", name) as string | undefined;
  }

  header(name: string): string | undefined {
    const value = this.#incoming.headers[name.toLowerCase()];
    return Array.isArray(value) ? value.join(", ") : value;
  }

  get body(): WireCall["body"] {
    return { from: this.#incoming, length: this.#incoming.headers["content-length"] };
  }

  get isAbandoned(): boolean {
    return this.#incoming.errored !== null || this.#incoming.socket.destroyed;
  }
}

function send(reply: WireReply, outgoing: ServerResponse): void {
  const { status, headers, body, breaks } = reply;
  if (breaks === "reset") {
    if (outgoing.socket) resetSocket(outgoing.socket);
    return;
  }
  const length = typeof body === "string" ? Buffer.byteLength(body) : body.byteLength;
  const told: (string | number)[] = [];
  for (const name in headers) told.push(name, headers[name] as string);
  told.push("content-length", length);
  outgoing.writeHead(status, told);
  if (breaks === "half") outgoing.write(halfOf(reply), () => outgoing.socket?.destroySoon());
  else outgoing.end(body);
}

/** TLS has no reset of its own: there the connection is cut. */
function resetSocket(socket: Socket): void {
  try {
    socket.resetAndDestroy();
  } catch {
    socket.destroy();
  }
}

/** Reads what is left of a body, so that its sender gets to read the reply; a connection on which more keeps coming is closed. */
function drain(incoming: IncomingMessage): void {
  const timer = setTimeout(() => incoming.socket.destroySoon(), DRAIN_MS).unref();
  incoming.once("close", () => clearTimeout(timer)).once("end", () => clearTimeout(timer));
  incoming.resume();
}
