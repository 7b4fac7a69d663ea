import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { Server as NetServer, type Socket } from "node:net";
import { Server as TlsServer } from "node:tls";

/** How long a stop waits for requests that were accepted, in milliseconds. */
const PATIENCE = 10_000;
/** How often connections that have fallen idle are closed meanwhile, in milliseconds. */
const INTERVAL = 20;

/**
 * Makes a server stoppable: the function it answers takes no new connections, lets every request that was accepted be
 * answered to its last byte, closes each connection once it is idle, and resolves when none is left. Node's own
 * `close` counts a connection as idle as soon as its reply was handed over, and cuts what is not sent yet, and it waits for
 * those that have not agreed on TLS.
 */
export function stoppable(server: Server): () => Promise<void> {
  const requestsUnderWay = new Map<Socket, number>();
  const opened = (socket: Socket) => {
    requestsUnderWay.set(socket, 0);
    socket.once("close", () => requestsUnderWay.delete(socket));
  };
  const handshakes = server instanceof TlsServer ? handshakesOf(server) : undefined;
  server.on(handshakes ? "secureConnection" : "connection", opened);
  function closed(this: ServerResponse) {
    const { socket } = this.req;
    const left = requestsUnderWay.get(socket);
    if (left !== undefined) requestsUnderWay.set(socket, left - 1);
  }
  server.on("request", ({ socket }: IncomingMessage, response: ServerResponse) => {
    requestsUnderWay.set(socket, (requestsUnderWay.get(socket) ?? 0) + 1);
    response.on("close", closed);
  });
  const closeIdle = () => {
    for (const [socket, requests] of requestsUnderWay) if (requests === 0) socket.destroySoon();
    for (const socket of handshakes?.values() ?? []) socket.destroy();
  };

  return () =>
    new Promise((resolve) => {
      const closing = setInterval(closeIdle, INTERVAL);
      const giveUp = setTimeout(() => server.closeAllConnections(), PATIENCE);
      NetServer.prototype.close.call(server, () => {
        clearInterval(closing);
        clearTimeout(giveUp);
        resolve();
      });
      closeIdle();
    });
}

/**
 * The connections that have not agreed on TLS yet. Once they have, requests come over another socket, which has the first
 * one's end: that tells them.
 */
function handshakesOf(server: TlsServer): Map<string, Socket> {
  const handshakes = new Map<string, Socket>();
  const endOf = ({ remoteAddress, remotePort }: Socket) => `${remoteAddress} ${remotePort}`;
  server.on("connection", (socket: Socket) => {
    const end = endOf(socket);
    handshakes.set(end, socket);
    socket.once("close", () => {
      if (handshakes.get(end) === socket) handshakes.delete(end);
    });
  });
  server.on("secureConnection", (socket: Socket) => handshakes.delete(endOf(socket)));
  return handshakes;
}
