import type { DatabaseSync } from "node:sqlite";
import { beingRemoved, StoreBusyError } from "../store.ts";
import { type AppNumbers, couponIdAt } from "./numbers.ts";
import { query } from "./statements.ts";
import type { Steady } from "./steady.ts";

/** Tables of which a removal takes care itself. */
const apart = ["app", "ledger", "hold", "hand_out"];
/** Tables whose ids are a run of numbers for each app, and that no index has by apps. */
const numbered = ["call"];
/** What an app keeps that is emptied: itself, where its journal ended, and its saved states. */
const stays = ["app", "ledger", "sandbox_state"];

/**
 * Removing apps. Which tables hold anything of an app is asked of the schema, so that none is forgotten: those that have
 * its number, its appid, or as the stock a coupon's id alone.
 */
export function remover(db: DatabaseSync, appNumbers: AppNumbers, steady: Steady) {
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
  const tables = tablesOfApps(db);
  const deletions = tables.filter(({ table }) => !apart.includes(table)).map(deletion);
  const emptyings = tables.filter(({ table }) => !stays.includes(table)).map(emptying);
  const removalOf = (appid: string): "going" | "gone" | null => selectRemoval.get(appid)?.[0] ?? null;
  function isGone(appid: string): boolean {
    const removal = removalOf(appid);
    if (removal === "going") throw new StoreBusyError(beingRemoved(appid));
    return removal === "gone";
  }

  return {
    /** Throws where an app is being removed; answers those of some apps that are gone. */
    goneOf(appids: Iterable<string>): Set<string> {
      const gone = new Set<string>();
      for (const appid of appids) if (steady.gone.get(appid, () => isGone(appid))) gone.add(appid);
      return gone;
    },
    begin(appid: string): void {
      for (const statement of begin) statement.run(appNumbers.find(appid));
    },
    /** Removes all that an app has beside itself and its saved states. */
    empty(appid: string): void {
      const number = appNumbers.find(appid);
      for (const remove of emptyings) remove(db, appid, number);
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
    .filter(({ columns }) => ["app", "appid", "coupon"].some((its) => columns.includes(its)));
}

/** Which rows of a table are an app's, and by what values they are found. */
function owned({ table, columns }: Found) {
  const range = (_: string, number: number) => [couponIdAt(number, 0), couponIdAt(number + 1, 0)];
  if (numbered.includes(table)) return { condition: "id >= ? AND id < ?", by: range };
  if (columns.includes("app")) return { condition: "app = ?", by: (_: string, number: number) => [number] };
  if (columns.includes("appid")) return { condition: "appid = ?", by: (appid: string) => [appid] };
  return { condition: "coupon >= ? AND coupon < ?", by: range };
}

/** How all rows of an app are removed from a table. */
function emptying(found: Found) {
  const { condition, by } = owned(found);
  const sql = `DELETE FROM ${found.table} WHERE ${condition}`;
  return (db: DatabaseSync, appid: string, number: number): void => void db.prepare(sql).run(...by(appid, number));
}

/** How user coupons of an app are removed, some at a time: no index but that of wallets has them by apps. */
function deletionOfUserCoupons(db: DatabaseSync, _: string, number: number, limit: number): number {
  const some = "FROM wallet WHERE app = ? ORDER BY app, openid, slot LIMIT ?";
  db.prepare(`DELETE FROM user_coupon WHERE id IN (SELECT user_coupon ${some})`).run(number, limit);
  const key = "app, openid, slot";
  return Number(db.prepare(`DELETE FROM wallet WHERE (${key}) IN (SELECT ${key} ${some})`).run(number, limit).changes);
}

/** How rows of an app are removed from a table, some at a time. */
function deletion(found: Found) {
  if (found.table === "user_coupon") return deletionOfUserCoupons;
  const { table, keys } = found;
  const { condition, by } = owned(found);
  const key = keys.join(", ");
  const sql = `DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM ${table} WHERE ${condition} LIMIT ?)`;
  return (db: DatabaseSync, appid: string, number: number, limit: number): number =>
    Number(db.prepare(sql).run(...by(appid, number), limit).changes);
}
