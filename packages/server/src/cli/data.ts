import { Operators } from "../service/access/operators.ts";
import { Apps } from "../service/apps.ts";
import { systemClock } from "../service/clock.ts";
import { Ledger } from "../service/ledger.ts";
import type { Store } from "../store/store.ts";
import { AttemptFailed } from "./errors.ts";

/** Where data is kept: in a PostgreSQL database where a URL names one, else in a data directory. */
export type DataPlace = {
  dataDir: string;
  databaseUrl?: string;
  /** The most connections to a database. */
  databaseConnections: number;
  /** How long a database may take for a statement, in milliseconds. */
  statementTimeout: number;
};

/** An open store, and what had to be made for it, as people are told; undefined where all was there. */
export type OpenedStore = { store: Store; created: string | undefined };

/**
 * Opens the store at a place. Where there is no data, it is made with `mayCreate` only, so that a misspelled name makes
 * nothing. This module alone names an adapter, and loads no other than the one that is used.
 */
export async function openStore(place: DataPlace, { mayCreate = false } = {}): Promise<OpenedStore> {
  try {
    const created = await missing(place);
    if (created && !mayCreate) throw new Error(noData(place));
    return { store: await open(place), created };
  } catch (error) {
    throw new AttemptFailed({ doing: "open", place: shownPlace(place) }, error);
  }
}

async function open({ dataDir, databaseUrl: url, databaseConnections: connections, statementTimeout }: DataPlace) {
  if (!url) return (await import("../store/sqlite/open.ts")).openSqliteStore(dataDir, { patience: statementTimeout });
  return (await import("../store/postgres/open.ts")).openPostgresStore({ url, connections, statementTimeout });
}

/** What would have to be made at a place before it can be opened. */
async function missing(place: DataPlace): Promise<string | undefined> {
  const { dataDir, databaseUrl } = place;
  if (databaseUrl) {
    const { hasPostgresData } = await import("../store/postgres/presence.ts");
    return (await hasPostgresData(databaseUrl)) ? undefined : `the tables in ${shownPlace(place)}`;
  }
  const { hasDirectory, hasSqliteData } = await import("../store/sqlite/presence.ts");
  if (hasSqliteData(dataDir)) return;
  return hasDirectory(dataDir) ? `a database in ${dataDir}` : dataDir;
}

const noData = (place: DataPlace) =>
  `there is no data in ${shownPlace(place)}: correct ${place.databaseUrl ? "DATABASE_URL or --database-url" : "--data-dir or QUANKU_DATA_DIR"}; only quanku serve and quanku app create make new data`;

/** A place as it can be shown: of a database's URL no user, password or parameter. */
export function shownPlace({ dataDir, databaseUrl }: DataPlace): string {
  if (!databaseUrl) return dataDir;
  const url = URL.parse(databaseUrl);
  return url ? `${url.protocol}//${url.host}${url.pathname}` : "the database";
}

/**
 * Runs a command of the command line on a store, and closes it whatever comes of it. With `mayCreate` it makes data where
 * there is none, and says so on standard error.
 */
export async function withStore<T>(
  place: DataPlace,
  run: (services: { store: Store; ledger: Ledger; apps: Apps; operators: Operators }) => Promise<T>,
  { mayCreate = false } = {},
): Promise<T> {
  const { store, created } = await openStore(place, { mayCreate });
  if (created) process.stderr.write(`quanku: created ${created}\n`);
  try {
    const ledger = new Ledger({ store, clock: systemClock });
    const parts = { store, ledger, clock: systemClock };
    return await run({ store, ledger, apps: new Apps(parts), operators: new Operators(parts) });
  } finally {
    await store.close();
  }
}

/**
 * Copies the database of a data directory into a new file, beside whoever uses it; answers the copy's size in bytes. `onProgress`
 * is told how many pages are copied, of how many. A database of PostgreSQL's has means of its own for that.
 */
export async function backUp(
  place: DataPlace,
  file: string,
  onProgress: (progress: { copied: number; of: number }) => void,
): Promise<number> {
  if (place.databaseUrl)
    throw new Error(
      "quanku backup copies a SQLite database: back up PostgreSQL with pg_dump or pg_basebackup, see docs/scale-out.md",
    );
  try {
    if (await missing(place)) throw new Error(noData(place));
    const { backUpSqlite } = await import("../store/sqlite/backup.ts");
    return await backUpSqlite(place.dataDir, file, onProgress);
  } catch (error) {
    // A full or failing disk is the copy's; all else that SQLite finds wrong is about the database.
    const isOfCopy = [10, 13].includes(((error as { errcode?: number }).errcode ?? 0) & 0xff);
    throw new AttemptFailed({ doing: "open", place: isOfCopy ? file : place.dataDir }, error);
  }
}
