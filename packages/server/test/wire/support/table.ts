/**
 * Reads a table of cases written as text: the first line names the columns, `-` is an empty cell, whole numbers are
 * numbers, `#` begins a comment.
 */
export function table<Column extends string>(text: string): Record<Column, Cell>[] {
  const lines = text
    .split("\n")
    .map((line) => line.replace(/#.*/, "").trim())
    .filter((line) => line !== "");
  const [columns = [], ...rows] = lines.map((line) => line.split(/\s+/));
  return rows.map((cells) => {
    if (cells.length !== columns.length) throw new Error(`not ${columns.length} cells: ${cells.join(" ")}`);
    return Object.fromEntries(columns.map((column, i) => [column, read(cells[i] as string)])) as Record<Column, Cell>;
  });
}
export type Cell = number | string | undefined;

const read = (cell: string): Cell => (cell === "-" ? undefined : /^\d+$/.test(cell) ? Number(cell) : cell);
