/** A page of a list, from the wire. */
export interface Page<Entry> {
  total_num: number;
  result_list: Entry[];
}

/**
 * The entries of a list, page after page, each fetched when the one before is used up. `grows` is where entries are added
 * meanwhile: at the start, everything behind moves on, and what was seen already is not given again.
 */
export async function* entriesOf<Entry>(
  grows: "at the start" | "at the end",
  fetchPage: (offset: number) => Promise<Page<Entry>>,
): AsyncGenerator<Entry, void, undefined> {
  let offset = 0;
  let total: number | undefined;
  for (;;) {
    const page = await fetchPage(offset);
    const added = grows === "at the start" ? Math.max(0, page.total_num - (total ?? page.total_num)) : 0;
    total = page.total_num;
    yield* page.result_list.slice(added);
    offset += Math.max(page.result_list.length, added);
    if (page.result_list.length === 0 || offset >= total) return;
  }
}
