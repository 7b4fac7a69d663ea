import { usePages } from "../../data/calls.ts";
import { useMay } from "../../data/session.ts";
import { History } from "../../parts/history.tsx";
import { Page, Section } from "../../ui/page.tsx";
import { useWords } from "../../words/table.ts";
import { Apps } from "./apps.tsx";
import { Operators } from "./operators.tsx";
import { words } from "./words.ts";

/** The apps of the house, who may come in, and what happened to both. */
export function Access() {
  const say = useWords(words);
  const isOwner = useMay("owner");
  return (
    <Page title={say("title")}>
      <Apps />
      {isOwner ? (
        <>
          <Operators />
          <HouseHistory />
        </>
      ) : (
        <p className="aside">{say("onlyOwners")}</p>
      )}
    </Page>
  );
}

function HouseHistory() {
  const say = useWords(words);
  return (
    <Section title={say("house")}>
      <History pages={usePages("listHouseJournal", {})} />
    </Section>
  );
}
