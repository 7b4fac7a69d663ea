import type { RouteName } from "@quanku/protocol/admin";
import { type Column, columns } from "./admin-columns.ts";

type Reply = Record<string, unknown>;

/** A reply as JSON Lines: a line for each entry of a list, else one. */
export function* linesOf(reply: Reply): Generator<string> {
  const { entries } = reply;
  for (const one of Array.isArray(entries) ? entries : [reply]) yield `${JSON.stringify(one)}\n`;
}

/** A reply as people read it: a list as a table, anything else as a line for each of its members. */
export function* textOf(name: RouteName, reply: Reply, isFirst = true): Generator<string> {
  if (!Array.isArray(reply.entries)) return yield* membersOf(reply);
  if (reply.entries.length === 0)
    return isFirst && typeof reply.next !== "string" ? yield "there are none\n" : undefined;
  const shown = columns[name] ?? Object.keys(reply.entries[0] ?? {}).map((member): Column => [member, member]);
  const rows = reply.entries.map((entry) => shown.map(([, path]) => cell(path, at(entry, path))));
  yield* table(isFirst ? [shown.map(([title]) => title), ...rows] : rows);
}

/** Rows whose cells stand below each other; the last is as wide as it likes, so that names in any script do no harm. */
export function* table(rows: readonly (readonly string[])[]): Generator<string> {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) {
    const cells = row.map((text, column) => (column < row.length - 1 ? text.padEnd(widths[column] ?? 0) : text));
    yield `${cells.join("  ").trimEnd()}\n`;
  }
}

/** A member at a path such as `stock.remaining`. */
const at = (value: unknown, path: string): unknown =>
  path.split(".").reduce<unknown>((part, name) => (part as Reply | null | undefined)?.[name], value);

/** Lines `name  value` of an object and the objects in it, by their paths. A reply of one member is that member. */
function* membersOf(reply: Reply): Generator<string> {
  const [only, ...more] = Object.values(reply);
  const shown = more.length === 0 && isObject(only) ? only : reply;
  yield* table([...flattened(shown)].map(([path, value]) => [path, cell(path, value)]));
}

/** The members by their paths, those of objects behind those beside them. */
function* flattened(members: Reply, prefix = ""): Generator<[string, unknown]> {
  const { inner = [], plain = [] } = Object.groupBy(Object.entries(members), ([, value]) =>
    isObject(value) && Object.keys(value).length > 0 ? "inner" : "plain",
  );
  for (const [name, value] of plain) yield [`${prefix}${name}`, value];
  for (const [name, value] of inner) yield* flattened(value as Reply, `${prefix}${name}.`);
}

const isObject = (value: unknown): value is Reply =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A value as a cell: times as such, and no control character, which a terminal would obey. */
function cell(path: string, value: unknown): string {
  if (value === null || value === undefined) return "-";
  if (typeof value === "number" && value > 0 && /(^|[._])time(_ms)?$/.test(path))
    return new Date(path.endsWith("_ms") ? value : value * 1000).toISOString().replace(".000Z", "Z");
  return printable(typeof value === "string" ? value : JSON.stringify(value));
}

/** A text without control characters, which a terminal would obey. */
export const printable = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (mark) => JSON.stringify(mark).slice(1, -1).replace(mark, "�"));
