import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve as listen } from "@hono/node-server";
import { pino } from "pino";
import { systemClock } from "../service/clock.ts";
import { openStore } from "./data.ts";
import { ensureDemoShop } from "./demo.ts";
import { assemble } from "./stack.ts";
import { startScreen } from "./start-screen.ts";
import { stoppable } from "./stoppable.ts";

export type ServeOptions = { host: string; port: number; dataDir: string; demo: boolean; logLevel: string };

const loopbacks = ["127.0.0.1", "::1", "localhost"];

/** Serves until SIGTERM or SIGINT, then finishes what was accepted and ends the process with 0. */
export async function serve({ host, port, dataDir, demo, logLevel }: ServeOptions): Promise<void> {
  if (demo && !loopbacks.includes(host))
    throw new Error(
      `--demo serves on loopback only, because its secret is public: leave out --host ${host}, or leave out --demo`,
    );
  const log = pino({ level: logLevel, base: null }, pino.destination({ fd: 2, sync: false }));
  const store = openStore(dataDir);
  const { ledger, apps, http } = assemble({ store, clock: systemClock, log });
  if (demo) await ensureDemoShop({ apps, ledger, store });

  const server = listen({ fetch: http.fetch, hostname: host, port }) as Server;
  const stopServer = stoppable(server);
  await new Promise<void>((resolve, reject) => server.once("listening", resolve).once("error", reject));
  const { address, port: actualPort, family } = server.address() as AddressInfo;
  const shownHost = family === "IPv6" ? `[${address}]` : address;
  process.stdout.write(startScreen(`http://${shownHost}:${actualPort}`, { dataDir, demo }));

  const stop = async () => {
    await stopServer();
    await ledger.settled();
    await store.close();
    log.flush(() => process.exit(0));
  };
  process.once("SIGTERM", stop).once("SIGINT", stop);
}
