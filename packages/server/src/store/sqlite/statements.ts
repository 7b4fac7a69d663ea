import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import type { Row } from "../sql/columns.ts";

/** A prepared statement whose rows are arrays. */
export type Query = {
  get(...values: SQLInputValue[]): Row | undefined;
  all(...values: SQLInputValue[]): Row[];
  iterate(...values: SQLInputValue[]): Iterable<Row>;
  run(...values: SQLInputValue[]): void;
};

export function query(db: DatabaseSync, sql: string): Query {
  const statement = db.prepare(sql);
  statement.setReturnArrays(true);
  return statement as unknown as Query;
}
