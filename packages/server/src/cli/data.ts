import { Apps } from "../service/apps.ts";
import { systemClock } from "../service/clock.ts";
import { Ledger } from "../service/ledger.ts";
import type { Store } from "../store/store.ts";

/** Where data is kept: in a PostgreSQL database where a URL names one, else in a data directory. */
export type DataPlace = {
  dataDir: string;
  databaseUrl?: string;
  /** The most connections to a database. */
  databaseConnections: number;
  /** How long a database may take for a statement, in milliseconds. */
  statementTimeout: number;
};

/** Where data is kept when nothing else is said. */
export const defaultDataDir = () => process.env.QUANKU_DATA_DIR || "./data";

/** Opens the store at a place. This module alone names an adapter, and loads no other than the one that is used. */
export async function openStore(place: DataPlace): Promise<Store> {
  const { dataDir, databaseUrl: url, databaseConnections: connections, statementTimeout } = place;
  if (!url) return (await import("../store/sqlite/open.ts")).openSqliteStore(dataDir, { patience: statementTimeout });
  return (await import("../store/postgres/open.ts")).openPostgresStore({ url, connections, statementTimeout });
}

/** A place as it can be shown: of a database's URL no user, password or parameter. */
export function shownPlace({ dataDir, databaseUrl }: DataPlace): string {
  if (!databaseUrl) return dataDir;
  const { protocol, host, pathname } = new URL(databaseUrl);
  return `${protocol}//${host}${pathname}`;
}

/** Runs a command of the command line on a store, and closes it whatever comes of it. */
export async function withStore<T>(
  place: DataPlace,
  run: (services: { store: Store; ledger: Ledger; apps: Apps }) => Promise<T>,
): Promise<T> {
  const store = await openStore(place);
  try {
    const ledger = new Ledger({ store, clock: systemClock });
    return await run({ store, ledger, apps: new Apps({ store, ledger, clock: systemClock }) });
  } finally {
    await store.close();
  }
}
