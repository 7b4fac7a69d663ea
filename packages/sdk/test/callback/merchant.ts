import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type CallbackOptions, createCallbackHandler } from "@quanku/sdk/callback";
import { toNodeListener } from "@quanku/sdk/node";
import { shared } from "../../../server/testing/fake-merchant.ts";

/** A listener on a loopback port of its own. */
export async function listen(
  listener: Parameters<typeof createServer>[1],
): Promise<{ url: string; server: Server; close(): Promise<void> }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`,
    server,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What the test's merchants agreed on, with every claim granted. */
export const options = (changed: Partial<CallbackOptions> = {}): CallbackOptions => ({
  ...shared,
  onClaim: ({ request_id }) => ({ granted: `uc-${request_id}` }),
  ...changed,
});

/** A merchant whose callback is the handler, behind Node.js' own HTTP server. */
export const startMerchant = (changed: Partial<CallbackOptions> = {}) =>
  listen(toNodeListener(createCallbackHandler(options(changed))));
