import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { renew, serverOf } from "../../src/cli/tls/serving.ts";
import type { Tls } from "../../src/cli/tls/terms.ts";
import { temporaryDirectory } from "../../testing/temporary-directory.ts";

/** A new directory that is removed when the test is done. */
export function directory(): string {
  const made = temporaryDirectory();
  onTestFinished(made.remove);
  return made.path;
}

/** A server on a free port of this machine that speaks TLS, and how it looks for a newer certificate. */
export async function listen(tls: Tls) {
  const server = serverOf(tls, {}, (_, response) => void response.end("ok"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { port: (server.address() as AddressInfo).port, renew: () => renew(server, tls) };
}
