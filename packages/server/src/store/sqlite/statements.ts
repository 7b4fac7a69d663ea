import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import type { Row } from "./rows.ts";

/** A prepared statement whose rows are arrays. */
export type Query = {
  get(...values: SQLInputValue[]): Row | undefined;
  all(...values: SQLInputValue[]): Row[];
  run(...values: SQLInputValue[]): void;
};

export function query(db: DatabaseSync, sql: string): Query {
  const statement = db.prepare(sql);
  statement.setReturnArrays(true);
  return statement as unknown as Query;
}

/** The short numbers that stand for appids in keys. An app keeps its number for ever. */
export class AppNumbers {
  readonly #select: Query;
  readonly #known = new Map<string, number>();

  constructor(db: DatabaseSync) {
    this.#select = query(db, "SELECT number FROM app WHERE appid = ?");
  }

  /** `undefined` where there is no such app. */
  find(appid: string): number | undefined {
    const known = this.#known.get(appid);
    if (known !== undefined) return known;
    const number = this.#select.get(appid)?.[0];
    if (number !== undefined) this.#known.set(appid, number);
    return number;
  }

  /** Forgets numbers that a transaction gave out and then rolled back. */
  forget(): void {
    this.#known.clear();
  }
}
