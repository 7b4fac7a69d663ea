import { createDatabase, query, startPostgres } from "../testing/postgres.ts";
import type { Bench } from "./cases/case.ts";
import type { Job, Tally } from "./load/job.ts";
import { assertServed, jobOf, type Side } from "./rounds.ts";

/** A PostgreSQL of the bench's own, with one database on it, that counts the statements it executes. */
export type Database = {
  url: string;
  /** Of the process that starts all others. */
  pid: number;
  /** Runs SQL on a connection of its own; answers all rows. */
  query(text: string): Promise<unknown[][]>;
  /** Runs a load as `run` does, and tells what the database logged meanwhile: bytes of WAL, for all replies that came. */
  logging(run: Bench["run"]): (job: Job) => Promise<Tally>;
  /** How many statements are executed for a reply of a side, from its first request on. */
  statementsPerReply(bench: Bench, side: Side): Promise<number>;
  remove(): Promise<void>;
};

const counting = ["-c", "shared_preload_libraries=pg_stat_statements", "-c", "pg_stat_statements.track_utility=on"];

export async function startDatabase(): Promise<Database> {
  const server = await startPostgres(...counting);
  const { url } = await createDatabase(server.url);
  const rowsOf = async (text: string) =>
    [await query(url, text)].flat().flatMap(({ rows }) => rows.map((row) => Object.values(row)));
  await rowsOf("CREATE EXTENSION pg_stat_statements");
  return {
    url,
    pid: server.pid,
    query: rowsOf,
    logging: (run) => async (job) => {
      const position = async () => (await rowsOf("SELECT pg_current_wal_insert_lsn()::text"))[0]?.[0];
      const before = await position();
      const tally = await run(job);
      const [[loggedBytes]] = (await rowsOf(
        `SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '${before}')::bigint`,
      )) as [[number]];
      return { ...tally, loggedBytes };
    },
    async statementsPerReply({ run, pace: { ms } }, side) {
      await rowsOf("SELECT pg_stat_statements_reset()");
      const tally = await run(jobOf(side, { ms, warmUpMs: 0 }));
      assertServed(side.name, tally);
      const [[statements]] = (await rowsOf(
        "SELECT sum(calls)::bigint FROM pg_stat_statements JOIN pg_database ON dbid = oid WHERE datname = current_database()",
      )) as [[number]];
      return statements / tally.answered;
    },
    remove: () => server.remove(),
  };
}
