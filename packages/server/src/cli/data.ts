import { Apps } from "../service/apps.ts";
import { systemClock } from "../service/clock.ts";
import { Ledger } from "../service/ledger.ts";
import { openSqliteStore } from "../store/sqlite/open.ts";
import type { Store } from "../store/store.ts";

/** Where data is kept when nothing else is said. */
export const defaultDataDir = () => process.env.QUANKU_DATA_DIR || "./data";

/** Opens the store of a data directory. This module alone names an adapter. */
export const openStore = (dataDir: string): Store => openSqliteStore(dataDir);

/** Runs a command of the command line on a store, and closes it whatever comes of it. */
export async function withStore<T>(
  dataDir: string,
  run: (services: { store: Store; ledger: Ledger; apps: Apps }) => Promise<T>,
): Promise<T> {
  const store = openStore(dataDir);
  try {
    const ledger = new Ledger({ store, clock: systemClock });
    return await run({ store, ledger, apps: new Apps({ store, ledger, clock: systemClock }) });
  } finally {
    await store.close();
  }
}
