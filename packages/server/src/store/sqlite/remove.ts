import type { DatabaseSync } from "node:sqlite";
import { beingRemoved, StoreBusyError } from "../store.ts";
import { type AppNumbers, couponIdAt } from "./numbers.ts";
import { query } from "./statements.ts";

/** Tables of which a removal takes care itself. */
const apart = ["app", "ledger", "hold", "hand_out"];

/**
 * Removing apps. Which tables hold anything of an app is asked of the schema, so that none is forgotten: those that have
 * its number, its appid, or as the stock a coupon's id alone.
 */
export function remover(db: DatabaseSync, appNumbers: AppNumbers) {
  const begin = [
    query(
      db,
      `UPDATE app SET removal = 'going', secret = '{}', tokens = '{}', settings = '{}', confirmed_url = NULL, exported = NULL
       WHERE number = ?`,
    ),
    ...apart.slice(1).map((table) => query(db, `DELETE FROM ${table} WHERE app = ?`)),
  ];
  const selectRemoval = query(db, "SELECT removal FROM app WHERE appid = ?");
  const selectGoing = query(db, "SELECT appid FROM app WHERE removal = 'going'");
  const finish = query(db, "UPDATE app SET removal = 'gone' WHERE number = ?");
  const deletions = tablesOfApps(db).map(deletion);
  const removalOf = (appid: string): "going" | "gone" | null => selectRemoval.get(appid)?.[0] ?? null;

  return {
    /** Throws where an app is being removed; answers those of some apps that are gone. */
    goneOf(appids: Iterable<string>): Set<string> {
      const gone = new Set<string>();
      for (const appid of appids) {
        const removal = removalOf(appid);
        if (removal === "going") throw new StoreBusyError(beingRemoved(appid));
        if (removal === "gone") gone.add(appid);
      }
      return gone;
    },
    begin(appid: string): void {
      for (const statement of begin) statement.run(appNumbers.find(appid));
    },
    /** Removes at most `limit` rows of an app that is being removed. */
    removeSome(appid: string, limit: number): number {
      if (removalOf(appid) !== "going") return 0;
      const number = appNumbers.find(appid);
      for (const remove of deletions) {
        const removed = remove(db, appid, number, limit);
        if (removed > 0) return removed;
      }
      finish.run(number);
      return 0;
    },
    listRemovals: (): string[] => selectGoing.all().map(([appid]) => appid),
  };
}

type Found = { table: string; columns: string[]; keys: string[] };

/** The tables that hold anything of an app, with their columns and those of their primary key. */
function tablesOfApps(db: DatabaseSync): Found[] {
  const rows = query(
    db,
    `SELECT schema.name, column.name, column.pk FROM sqlite_schema AS schema JOIN pragma_table_info(schema.name) AS column
     WHERE schema.type = 'table' AND schema.name NOT LIKE 'sqlite_%' ORDER BY schema.name, column.pk`,
  ).all();
  return [...Map.groupBy(rows, ([table]) => table as string)]
    .map(([table, of]) => ({
      table,
      columns: of.map(([, name]) => name as string),
      keys: of.filter(([, , pk]) => pk > 0).map(([, name]) => name as string),
    }))
    .filter(
      ({ table, columns }) => !apart.includes(table) && ["app", "appid", "coupon"].some((its) => columns.includes(its)),
    );
}

/** How rows of an app are removed from a table. */
function deletion({ table, columns, keys }: Found) {
  const key = keys.join(", ");
  const condition = columns.includes("app")
    ? "app = ?"
    : columns.includes("appid")
      ? "appid = ?"
      : "coupon >= ? AND coupon < ?";
  const sql = `DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM ${table} WHERE ${condition} LIMIT ?)`;
  return (db: DatabaseSync, appid: string, number: number, limit: number): number => {
    const range = [couponIdAt(number, 0), couponIdAt(number + 1, 0)];
    const owner = columns.includes("app") ? [number] : columns.includes("appid") ? [appid] : range;
    return Number(db.prepare(sql).run(...owner, limit).changes);
  };
}
