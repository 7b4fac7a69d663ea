/** Quanku that logs the calls of sandbox apps, or one that does not even look whether an app is one. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import { assemble } from "../../src/assemble.ts";
import { openStore } from "../../src/cli/data.ts";
import { MerchantCallbacks } from "../../src/outbound/merchant-callbacks.ts";
import { systemClock } from "../../src/service/clock.ts";

const [dataDir, mode] = process.argv.slice(2) as [string, "logging" | "not-logging"];
const { store } = await openStore({ dataDir, databaseConnections: 10, statementTimeout: 5000 });
const merchants = new MerchantCallbacks({ clock: systemClock, allowPrivate: false });
const log = pino({ level: "error" });
const { http, settle } = assemble({ store, clock: systemClock, log, merchants, logsCalls: mode === "logging" });
const server = createServer(http.listener).listen(0, "127.0.0.1");
server.once("listening", () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port} `));
process.once("SIGTERM", () => {
  server.close();
  server.closeAllConnections();
  void settle()
    .then(() => store.close())
    .then(() => process.exit(0));
});
