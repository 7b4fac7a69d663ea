import { stringify } from "csv-stringify/sync";
import { expect, it } from "vitest";
import { rowsIn } from "../src/data/csv.ts";

async function* inPieces(text: string, length: number) {
  for (let at = 0; at < text.length; at += length) yield text.slice(at, at + length);
}

async function read(text: string, length: number): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const row of rowsIn(inPieces(text, length))) rows.push(row);
  return rows;
}

it("reads what a writer of CSV writes, wherever its text is cut", async () => {
  const rows = [
    ["line", "openid", "why"],
    ["1", "", ""],
    ["", "a,b", 'she said "no"'],
    ["3", "two\nlines", '"'],
    ["4", "好", "end"],
  ];
  for (const record_delimiter of ["unix", "windows"] as const)
    for (const length of [1, 2, 7, 1000]) {
      const text = stringify(rows, { record_delimiter, quoted_match: /[\r\n]/ });
      expect(await read(text, length)).toEqual(rows);
      expect(await read(text.trimEnd(), length)).toEqual(rows);
    }
});
