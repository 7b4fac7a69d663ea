import { createServer, type RequestListener, type Server, type ServerOptions } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { Server as TlsServer } from "node:tls";
import type { Logger } from "pino";
import { type RunningJob, repeat } from "../../service/jobs.ts";
import type { Tls } from "./terms.ts";

/** Hands a server its newer certificate, which holds for new connections. */
export async function renew(server: Server, { newer }: Tls): Promise<boolean> {
  const pair = await newer();
  if (pair && server instanceof TlsServer) server.setSecureContext(pair);
  return pair !== undefined;
}

/** How long a client may take until TLS is agreed on, in milliseconds. */
const HANDSHAKE_MS = 10_000;

/** A server that speaks TLS, or plain HTTP where there is none, with these options of HTTP. */
export const serverOf = (tls: Tls | undefined, options: ServerOptions, listener: RequestListener): Server =>
  tls
    ? createTlsServer({ ...options, ...tls.pair, handshakeTimeout: HANDSHAKE_MS }, listener)
    : createServer(options, listener);

/** Looks for a newer certificate again and again, and says in the log what came of it. */
export const renewing = (server: Server, tls: Tls, log: Logger): RunningJob =>
  repeat(
    tls.interval,
    async () => {
      if (await renew(server, tls)) log.info("new connections use a newer TLS certificate");
    },
    (error) => log.error({ err: error }, "the TLS certificate was not renewed"),
  );
