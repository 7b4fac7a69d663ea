import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { Server as NetServer, type Socket } from "node:net";

/** How long a stop waits for requests that were accepted, in milliseconds. */
const PATIENCE = 10_000;
/** How often connections that have fallen idle are closed meanwhile, in milliseconds. */
const INTERVAL = 20;

/**
 * Makes a server stoppable: the function it answers takes no new connections, lets every request that was accepted be
 * answered to its last byte, closes each connection once it is idle, and resolves when none is left. Node's own
 * `close` counts a connection as idle as soon as its reply was handed over, and cuts what is not sent yet.
 */
export function stoppable(server: Server): () => Promise<void> {
  const requestsUnderWay = new Map<Socket, number>();
  server.on("connection", (socket: Socket) => {
    requestsUnderWay.set(socket, 0);
    socket.once("close", () => requestsUnderWay.delete(socket));
  });
  server.on("request", ({ socket }: IncomingMessage, response: ServerResponse) => {
    requestsUnderWay.set(socket, (requestsUnderWay.get(socket) ?? 0) + 1);
    response.once("close", () => {
      const left = requestsUnderWay.get(socket);
      if (left !== undefined) requestsUnderWay.set(socket, left - 1);
    });
  });
  const closeIdle = () => {
    for (const [socket, requests] of requestsUnderWay) if (requests === 0) socket.destroySoon();
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
