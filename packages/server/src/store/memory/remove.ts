import { recordKinds } from "../../domain/records.ts";
import type { Tables } from "./schema.ts";

/** Makes an app one that is removed. */
export function beginRemoval(tables: Tables, appid: string): void {
  tables.app.delete(appid);
  tables.journals.delete(appid);
  tables.callbacks.delete(appid);
  tables.calls.delete(appid);
  for (const table of [tables.hold, tables.handOut])
    for (const [key, value] of table) if (value.appid === appid) table.delete(key);
  tables.removals.add(appid);
}

/** Removes some of what an app that is removed still has; answers how much. */
export function removeSome(tables: Tables, appid: string, limit: number): number {
  if (!tables.removals.has(appid)) return 0;
  let removed = 0;
  for (const kind of recordKinds)
    for (const [key, { appid: owner }] of tables[kind] as Map<string, { appid: string }>) {
      if (owner !== appid) continue;
      if (removed === limit) return removed;
      tables[kind].delete(key);
      removed++;
    }
  if (removed > 0) return removed;
  const { catalogues, wallets, entries, tallies, handOutLines, states } = tables;
  for (const table of [catalogues, wallets, entries, tallies, handOutLines, states]) removeOf(table, appid);
  tables.removals.delete(appid);
  return 0;
}

/** Removes all that an app has beside itself and its saved states, whatever tables there are. */
export function empty(tables: Tables, appid: string): void {
  const { app: _, states: __, removals: ___, ...others } = tables;
  for (const table of Object.values(others)) removeOf(table, appid);
}

function removeOf(table: Map<string, unknown>, appid: string): void {
  for (const key of table.keys()) if (key.split("\0", 1)[0] === appid) table.delete(key);
}
