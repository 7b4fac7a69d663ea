/**
 * Claims as clients do, and tells in a file what was acknowledged, at once. Arguments: the database's directory, the
 * file, and the work as JSON. Says that it is ready, and begins once the file is there.
 */
import { existsSync, openSync, writeSync } from "node:fs";
import { setImmediate as endOfTurn } from "node:timers/promises";
import { Ledger } from "../../src/service/ledger.ts";
import { openSqliteStore } from "../../src/store/sqlite/open.ts";
import { stopAtCalls } from "./ptrace.ts";
import { type Acknowledged, clock, isGranted, redeemOf, requestOf, type Work } from "./work.ts";

const [dataDir, tellsIn, given] = process.argv.slice(2) as [string, string, string];
const { life, crowd, first, claims, clients, options } = JSON.parse(given) as Work;
const pause = new Int32Array(new SharedArrayBuffer(4));
writeSync(1, "ready");
while (!existsSync(tellsIn)) Atomics.wait(pause, 0, 0, 1);
stopAtCalls();
const told = openSync(tellsIn, "a");
const tell = (acknowledged: Acknowledged) => writeSync(told, `${JSON.stringify(acknowledged)}\n`);

const store = openSqliteStore(dataDir, options);
const ledger = new Ledger({ store, clock });

async function claim(of: number, i: number): Promise<void> {
  const request = requestOf(of, i);
  const outUserCouponId = `${request.requestId} of ${life}`;
  const answer = await ledger.submit({ do: "claimCoupon", ...request, outUserCouponId }, "app");
  if (!isGranted(answer)) return;
  const { outUserCouponId: id } = answer.result;
  tell({ client: of, i, id });
  const redeem = redeemOf(answer.result, i);
  if (!redeem) return;
  await ledger.submit(redeem, "app");
  tell({ client: of, i, id, isUsed: true });
}

async function run(of: number): Promise<void> {
  for (let i = first; i < first + claims / clients; i++) {
    // Not all at once, so that there are many commits.
    for (let turns = (of + i) % 4; turns > 0; turns--) await endOfTurn();
    await claim(of, i);
  }
}

await Promise.all(Array.from({ length: crowd }, (_, i) => claim(clients, i)));
await Promise.all(Array.from({ length: clients }, (_, of) => run(of)));
await store.close();
