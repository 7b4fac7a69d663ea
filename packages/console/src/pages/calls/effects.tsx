import type { CallbackAttempt, JournalEntry } from "@quanku/sdk/admin";
import { Code } from "../../ui/copy.tsx";
import { PageLink, useAddresses } from "../../ui/link.tsx";
import { Dot } from "../../ui/status.tsx";
import { useWords } from "../../words/table.ts";
import { words } from "./words.ts";

/** The entries of the journal that a call caused. */
export function Changes({ changed }: { changed: readonly JournalEntry[] }) {
  const say = useWords(words);
  return (
    <section aria-label={say("changed")}>
      <h3>{say("changed")}</h3>
      {changed.length === 0 && <p className="aside">{say("changedNothing")}</p>}
      {changed.map(({ seq, command, steps }) => (
        <details key={seq} className="effect">
          <summary>
            {say("entry", { seq })} · <code>{command}</code>{" "}
            <span className="aside">{[...new Set(steps.map(({ record }) => record))].join(", ")}</span>
          </summary>
          <Code label={say("entry", { seq })} text={JSON.stringify(steps, null, 2)} />
        </details>
      ))}
    </section>
  );
}

/** The times that the merchant was asked for a call. */
export function Callbacks({ callbacks }: { callbacks: readonly CallbackAttempt[] }) {
  const to = useAddresses();
  const say = useWords(words);
  return (
    <section aria-label={say("callbacks")}>
      <h3>{say("callbacks")}</h3>
      <ul className="callbacks-made">
        {callbacks.map(({ callback, verdict, reason, milliseconds }) => (
          <li key={callback}>
            <Dot tone={verdict === "granted" || verdict === "proved" ? "good" : "bad"}>{verdict}</Dot>{" "}
            <PageLink to={to.callbacks} search={{ attempt: callback }}>
              {reason}
            </PageLink>{" "}
            <span className="aside numbers">{say("milliseconds", { count: Math.round(milliseconds) })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
