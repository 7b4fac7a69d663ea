import { type RecordKind, recordKinds } from "../../src/domain/records.ts";
import { tables } from "../../src/store/sql/tables.ts";

/** The columns of each table that holds records, as an adapter declares them, in the order of their names. */
export const declaredBy = (namesOf: (kind: RecordKind) => string[]): Record<string, string[]> =>
  Object.fromEntries(recordKinds.map((kind) => [tables[kind].table, namesOf(kind).toSorted()]));

/** The same of a database, out of the names of all its columns; without those tables that hold no records. */
export function foundIn(
  columns: readonly { table: string; column: string }[],
  beside: readonly string[],
): Record<string, string[]> {
  const ofRecords = Map.groupBy(
    columns.filter(({ table }) => !beside.includes(table)),
    ({ table }) => table,
  );
  return Object.fromEntries(
    ofRecords.entries().map(([table, of]) => [table, of.map(({ column }) => column).toSorted()]),
  );
}
