import type { Client } from "pg";
import type { App } from "../../domain/records.ts";
import type { AppClock } from "../../domain/sandbox/clock.ts";
import type { Change, JournalEnd } from "../../domain/working-copy.ts";
import type { Row } from "../sql/columns.ts";
import type { Commit } from "../store.ts";
import { run, statement } from "./statements.ts";

const selectLedgers = statement(
  "SELECT appid, seq, digest, removal, clock, holds FROM ledger WHERE appid = ANY($1) ORDER BY appid FOR UPDATE",
);

/**
 * Where an app's journal ends; `going`: it is being removed; `gone`: there is no such app any more, and one that is made
 * anew goes on from there. `clock`: its clock as it is kept, null where it has none of its own. `holds`: how many are open.
 */
export type LockedEnd = JournalEnd & { removal: "going" | "gone" | null; clock: string | null; holds: number };

/**
 * Waits until no other transaction writes for these apps and keeps others waiting until this one ends. Always in the
 * order of appids, so that nobody waits for somebody who waits for him. Answers where each app's journal ends;
 * an app that never existed has none.
 */
export async function lock(client: Client, appids: readonly string[]): Promise<Map<string, LockedEnd>> {
  const rows = await run(client, selectLedgers, appids);
  return new Map(
    rows.map(([appid, seq, digest, removal, clock, holds]) => [appid, { seq, digest, removal, clock, holds }]),
  );
}

/** An app's clock, as the row that was locked tells it. */
export const clockIn = (end: LockedEnd | undefined): AppClock | null => (end?.clock ? JSON.parse(end.clock) : null);

/** An app's clock as the row that transactions lock holds it; null where it has none of its own. */
const clockText = ({ sandbox }: App): string | null => sandbox && JSON.stringify(sandbox.clock);

const insert = statement(
  `INSERT INTO ledger (appid, seq, digest, clock, holds) VALUES ($1, $2, $3, $4, $5)
   ON CONFLICT (appid) DO UPDATE SET seq = EXCLUDED.seq, digest = EXCLUDED.digest, clock = EXCLUDED.clock,
     holds = EXCLUDED.holds, removal = NULL
   WHERE ledger.removal = 'gone'`,
);
const update = statement("UPDATE ledger SET seq = $2, digest = $3, clock = $4, holds = $5 WHERE appid = $1");

/** By how many the open holds of each app become more. */
function holdsMore(changes: readonly Change[]): Map<string, number> {
  const more = new Map<string, number>();
  for (const { record, value, fresh } of changes)
    if (record === "hold") more.set(value.appid, (more.get(value.appid) ?? 0) + Number(value.open) - Number(!fresh));
  return more;
}

/**
 * Writes the rows that were locked, before anything else is: `moved` tells where journals that are written to end. An app
 * has a row to be locked by from the beginning, whatever is written of it.
 */
export function* saveLedgers(
  client: Client,
  { changes, empties = [] }: Commit,
  ends: ReadonlyMap<string, LockedEnd>,
  moved: ReadonlyMap<string, JournalEnd>,
): Generator<Promise<Row[]>> {
  const apps = new Map(changes.flatMap(({ record, value }) => (record === "app" ? [[value.appid, value]] : [])));
  const isNew = new Set(changes.flatMap(({ record, value, fresh }) => (record === "app" && fresh ? value.appid : [])));
  for (const appid of moved.keys())
    if (ends.get(appid)?.removal !== null && !isNew.has(appid))
      throw new Error(`a change of app ${appid}, which does not exist or was not locked`);
  const more = holdsMore(changes);
  for (const appid of new Set([...isNew, ...moved.keys(), ...more.keys()])) {
    const before = ends.get(appid) ?? { seq: 0, digest: "", clock: null, holds: 0 };
    const { seq, digest } = moved.get(appid) ?? before;
    const app = apps.get(appid);
    const clock = app ? clockText(app) : before.clock;
    const holds = (empties.includes(appid) ? 0 : before.holds) + (more.get(appid) ?? 0);
    yield run(client, isNew.has(appid) ? insert : update, appid, seq, digest, clock, holds);
  }
}
