import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Server as TlsServer } from "node:tls";
import type { Metrics } from "../http/metrics.ts";
import { AttemptFailed } from "./errors.ts";

/** Where to listen, and the option that says the port. */
type Place = { host: string; port: number; option: "--port" | "--metrics-port" };

/** The URL of a server that was told to listen, once it does. Where it cannot, the error names address and option. */
export async function listening(server: Server, { host, port, option }: Place): Promise<string> {
  await new Promise<void>((resolve, reject) => server.once("listening", resolve).once("error", reject)).catch(
    (error) => {
      throw new AttemptFailed({ doing: "listen", address: `${host}:${port}`, option }, error);
    },
  );
  const { address, port: actualPort, family } = server.address() as AddressInfo;
  const scheme = server instanceof TlsServer ? "https" : "http";
  return `${scheme}://${family === "IPv6" ? `[${address}]` : address}:${actualPort}`;
}

/** Serves `GET /metrics` and nothing else. */
export function metricsServer(metrics: Metrics): Server {
  return createServer(async ({ method, url }, response) => {
    if (method !== "GET" || url?.split("?")[0] !== "/metrics") {
      response.writeHead(404, { "content-type": "text/plain" }).end("ask for GET /metrics\n");
      return;
    }
    const { text, contentType } = await metrics.render();
    response.writeHead(200, { "content-type": contentType }).end(text);
  });
}
