import type { JournalEntry } from "@quanku/sdk/admin";
import type { Pages } from "../data/calls.ts";
import { type Column, Rows } from "../ui/rows.tsx";
import { Time } from "../ui/time.tsx";
import { table, useWords } from "../words/table.ts";

const words = table("history", {
  title: { zh: "历史", en: "History" },
  time: { zh: "时间", en: "Time" },
  what: { zh: "发生了什么", en: "What happened" },
  who: { zh: "谁", en: "Who" },
});

/** Entries of the journal in sentences, with who did it. */
export function History({ pages }: { pages: Pages<JournalEntry> }) {
  const say = useWords(words);
  const columns: Column<JournalEntry>[] = [
    { key: "time", title: say("time"), width: "170px", cell: ({ time }) => <Time seconds={time} /> },
    { key: "what", title: say("what"), width: "1fr", cell: ({ command }) => command },
    { key: "who", title: say("who"), width: "160px", cell: ({ by }) => by },
  ];
  return <Rows label={say("title")} pages={pages} columns={columns} rowKey={({ seq }) => String(seq)} />;
}
