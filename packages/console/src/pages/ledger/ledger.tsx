import { Page, Section } from "../../ui/page.tsx";
import { useWords } from "../../words/table.ts";
import { Entries } from "./entries.tsx";
import { Verification } from "./verification.tsx";
import { words } from "./words.ts";

/** The app's journal in sentences, filtered by whom and what it is about, and whether the books are right. */
export function Ledger() {
  const say = useWords(words);
  return (
    <Page title={say("title")} about={say("about")}>
      <Verification />
      <Section title={say("entries")}>
        <Entries />
      </Section>
    </Page>
  );
}
