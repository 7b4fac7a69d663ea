/** Quanku whose ledger neither chains its journal nor counts what it tells, and on SQLite has no index for it. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { pino } from "pino";
import { assemble } from "../../src/assemble.ts";
import { openStore } from "../../src/cli/data.ts";
import { MerchantCallbacks } from "../../src/outbound/merchant-callbacks.ts";
import { systemClock } from "../../src/service/clock.ts";

const [kind, place] = process.argv.slice(2) as ["dataDir" | "databaseUrl", string];
if (kind === "dataDir") {
  const db = new DatabaseSync(join(place, "quanku.db"));
  db.exec("DROP INDEX journal_of_app");
  db.close();
}
const usual = { dataDir: "", databaseConnections: 10, statementTimeout: 5000 };
const { store } = await openStore({ ...usual, [kind]: place }, { mayCreate: false });
const merchants = new MerchantCallbacks({ clock: systemClock, allowPrivate: false });
const log = pino({ level: "error" });
const { http, settle } = assemble({ store, clock: systemClock, log, merchants, proves: false });
const server = createServer(http.listener).listen(0, "127.0.0.1");
server.once("listening", () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port} `));
process.once("SIGTERM", () => {
  server.close();
  server.closeAllConnections();
  void settle()
    .then(() => store.close())
    .then(() => process.exit(0));
});
