import type { JournalEntry } from "@quanku/sdk/admin";
import { useState } from "react";
import type { Pages } from "../data/calls.ts";
import { Code } from "../ui/copy.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { type Column, Rows } from "../ui/rows.tsx";
import { statusWords } from "../ui/status.tsx";
import { Time } from "../ui/time.tsx";
import { hasWord, useWords } from "../words/table.ts";
import { words } from "./history-words.ts";
import { sentenceWords } from "./sentence-words.ts";
import { recordTold, sentenceOf } from "./sentences.ts";
import { settingWords } from "./settings/words.ts";
import { Who } from "./who.tsx";

/** Entries of the journal in sentences, with who did it; an entry opened shows what changed, before and after. */
export function History({ pages, numbered = false }: { pages: Pages<JournalEntry>; numbered?: boolean }) {
  const say = useWords(words);
  const sentence = useSentence();
  const [opened, setOpened] = useState<JournalEntry>();
  const columns: Column<JournalEntry>[] = [
    ...(numbered ? [{ key: "seq", title: say("seq"), width: "64px", cell: ({ seq }: JournalEntry) => seq }] : []),
    { key: "time", title: say("time"), width: "150px", cell: ({ time }) => <Time seconds={time} /> },
    { key: "what", title: say("what"), width: "minmax(0, 1fr)", cell: sentence },
    { key: "who", title: say("who"), width: "minmax(0, 190px)", cell: ({ by }) => <Who by={by} /> },
  ];
  return (
    <>
      <Rows
        label={say("title")}
        pages={pages}
        columns={columns}
        rowKey={({ seq }) => String(seq)}
        onOpen={setOpened}
        empty={say("empty")}
      />
      {opened && <Entry entry={opened} close={() => setOpened(undefined)} />}
    </>
  );
}

/** What says an entry as a sentence, in the language that is chosen. */
function useSentence(): (entry: JournalEntry) => string {
  const say = useWords(sentenceWords);
  const status = useWords(statusWords);
  const setting = useWords(settingWords);
  return (entry) =>
    sentenceOf(entry, { say, status: (one) => (hasWord(statusWords, one) ? status(one) : one), setting });
}

/** An entry as the journal has it: what each record was, and what it is since. */
function Entry({ entry, close }: { entry: JournalEntry; close: () => void }) {
  const say = useWords(words);
  const sentence = useSentence();
  const sayRecord = useWords(sentenceWords);
  return (
    <Dialog side title={say("details", { seq: entry.seq })} close={close}>
      <p>
        <strong>{sentence(entry)}</strong>
      </p>
      <p className="aside">
        <Time seconds={entry.time} exact /> · <Who by={entry.by} />
      </p>
      {entry.steps.map(({ record, before, after }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the steps of an entry never change
        <section key={index}>
          <h3>{recordTold(record, sayRecord)}</h3>
          <p className="aside">{say("before")}</p>
          {before ? <Code label={say("before")} text={JSON.stringify(before, null, 2)} /> : say("wasNotThere")}
          <p className="aside">{say("after")}</p>
          <Code label={say("after")} text={JSON.stringify(after, null, 2)} />
        </section>
      ))}
      <p className="aside">
        {say("digest")} <code>{entry.digest}</code>
      </p>
    </Dialog>
  );
}
