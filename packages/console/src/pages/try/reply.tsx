import { Alert } from "antd";
import { useEffect, useRef } from "react";
import { Errcode, Meaning } from "../../parts/errcode.tsx";
import { prettyJson } from "../../parts/json-text.ts";
import { Code } from "../../ui/copy.tsx";
import { PageLink, useAddresses } from "../../ui/link.tsx";
import { Section } from "../../ui/page.tsx";
import { useWords } from "../../words/table.ts";
import { errcodeIn, type Outcome, type Sent } from "./send.ts";
import { words } from "./words.ts";

/** What came of the request that was sent last. */
export function Reply({ sent }: { sent: Sent | undefined }) {
  const say = useWords(words);
  const place = useRef<HTMLDivElement>(null);
  // On a phone it stands below the form.
  useEffect(() => {
    if (sent) place.current?.scrollIntoView({ block: "nearest" });
  }, [sent]);
  return (
    <Section title={say("reply")}>
      <div ref={place} className="try-reply" aria-live="polite">
        {sent ? <Came of={sent.of} outcome={sent.outcome} /> : <p className="empty">{say("nothingYet")}</p>}
      </div>
    </Section>
  );
}

function Came({ of, outcome }: { of: Sent["of"]; outcome: Outcome }) {
  const to = useAddresses();
  const say = useWords(words);
  const took = <span className="aside numbers">{say("took", { count: outcome.milliseconds })}</span>;
  if ("failed" in outcome)
    return (
      <>
        <Alert type="error" showIcon title={say("unreached", { why: outcome.failed })} />
        <p>{took}</p>
      </>
    );
  const { status, text, rid, fault } = outcome;
  const errcode = errcodeIn(text);
  return (
    <>
      {of === "token" && <Alert type="error" showIcon title={say("noToken")} />}
      <p>
        {errcode !== undefined && <Errcode errcode={errcode} bare />} <code>HTTP {status}</code> {took}
      </p>
      {errcode !== undefined && <Meaning errcode={errcode} />}
      {fault !== null && <p className="played">{say("played", { fault })}</p>}
      {rid !== null && (
        <p>
          <PageLink to={to.call(rid)}>{say("log")}</PageLink> <code className="aside">{rid}</code>
        </p>
      )}
      <Code label={say("reply")} text={prettyJson(text)} />
    </>
  );
}
