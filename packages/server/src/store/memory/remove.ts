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
  for (const table of [tables.catalogues, tables.wallets, tables.entries, tables.tallies, tables.handOutLines])
    for (const key of table.keys()) if (key.split("\0")[0] === appid) table.delete(key);
  tables.removals.delete(appid);
  return 0;
}
