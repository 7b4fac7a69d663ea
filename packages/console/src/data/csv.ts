/** The rows of a CSV file (RFC 4180), each as its cells, as its text comes in pieces. */
export async function* rowsIn(pieces: AsyncIterable<string>): AsyncGenerator<string[], void, undefined> {
  let rest = "";
  for await (const piece of pieces) {
    rest += piece;
    let begin = 0;
    for (let end = endOfRow(rest, begin); end >= 0; end = endOfRow(rest, begin)) {
      yield cellsOf(rest.slice(begin, end));
      begin = end + 1;
    }
    rest = rest.slice(begin);
  }
  if (rest !== "") yield cellsOf(rest);
}

/** Where the row that begins at a place ends: its line break outside of quotes. -1: that is still to come. */
function endOfRow(text: string, begin: number): number {
  let end = text.indexOf("\n", begin);
  let quotes = quotesIn(text, begin, end);
  while (end >= 0 && quotes % 2 === 1) {
    const next = text.indexOf("\n", end + 1);
    quotes += quotesIn(text, end, next);
    end = next;
  }
  return end;
}

function quotesIn(text: string, begin: number, end: number): number {
  let quotes = 0;
  for (let at = text.indexOf('"', begin); at >= 0 && at < end; at = text.indexOf('"', at + 1)) quotes++;
  return quotes;
}

function cellsOf(row: string): string[] {
  const cells = `,${row.replace(/\r$/, "")}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g);
  return [...cells].map(([, quoted, plain = ""]) => quoted?.replaceAll('""', '"') ?? plain);
}
