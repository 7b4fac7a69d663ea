import { connect, type PeerCertificate, type TLSSocket } from "node:tls";
import { Agent, fetch } from "undici";

/** How a client asks: for which host, and whom it trusts; without an authority it believes whatever it is shown. */
type Asking = { host: string; ca?: string };

/**
 * Agrees on TLS with a server on this machine; rejects where its certificate is not good for the host. The connection stays
 * open until it is destroyed.
 */
export function agree(port: number, { host, ca }: Asking): Promise<{ socket: TLSSocket; seen: PeerCertificate }> {
  return new Promise((resolve, reject) => {
    const trust = ca === undefined ? { rejectUnauthorized: false } : { ca };
    const socket = connect({ host: "127.0.0.1", port, servername: host, ...trust }, () =>
      resolve({ socket, seen: socket.getPeerCertificate() }),
    );
    socket.once("error", reject);
  });
}

/** What a client is shown that agrees on TLS, and leaves. */
export async function look(port: number, asking: Asking): Promise<PeerCertificate> {
  const { socket, seen } = await agree(port, asking);
  socket.destroy();
  return seen;
}

type Request = Parameters<typeof fetch>[1];

/** A client for a host whose name leads to a port of this machine, as a line in the hosts file would have it. */
export function clientOf(port: number, { host, ca }: Asking) {
  const here = { address: "127.0.0.1", family: 4 };
  const dispatcher = new Agent({
    connect: { ...(ca !== undefined && { ca }), lookup: (_, __, callback) => callback(null, [here]) },
  });
  return {
    fetch: (path: string, init: Request = {}) => fetch(`https://${host}:${port}${path}`, { ...init, dispatcher }),
    close: () => dispatcher.close(),
  };
}
