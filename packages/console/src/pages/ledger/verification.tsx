import type { Verification as Shown } from "@quanku/sdk/admin";
import { Progress } from "antd";
import { useCall, useChange } from "../../data/calls.ts";
import { useAppid } from "../../data/session.ts";
import { Act } from "../../ui/allowed.tsx";
import { count } from "../../ui/amounts.ts";
import { Fault } from "../../ui/fault.tsx";
import { Loaded, Section } from "../../ui/page.tsx";
import { Dot } from "../../ui/status.tsx";
import { TimeAndDistance } from "../../ui/time.tsx";
import { useWords } from "../../words/table.ts";
import { words } from "./words.ts";

/** How often a running verification is asked how far it is, in milliseconds. */
const POLL = 700;
/** And otherwise: another page may begin one. */
const REST = 5000;

/** Verifies the books: its progress, and what it came to last. */
export function Verification() {
  const say = useWords(words);
  const appid = useAppid();
  const begin = useChange("startVerify");
  const shown = useCall(
    "showVerify",
    { appid },
    {
      every: (reply) => (reply?.verification.state === "running" ? POLL : REST),
    },
  );
  const isRunning = shown.data?.verification.state === "running";
  return (
    <Section
      title={say("verify")}
      aside={
        <Act
          needs="viewer"
          type="primary"
          loading={begin.isPending || isRunning}
          onClick={() => begin.mutate({ appid })}
        >
          {say("start")}
        </Act>
      }
    >
      <p className="aside">{say("verifyAbout")}</p>
      <Fault error={begin.error} />
      <Loaded of={shown} rows={2}>
        {({ verification }) => <Result {...verification} />}
      </Loaded>
    </Section>
  );
}

function Result({ state, entries, of, records, faults, head, end_time }: Shown) {
  const say = useWords(words);
  if (state === "never") return <Dot tone="plain">{say("never")}</Dot>;
  if (state === "running")
    return (
      <div role="status">
        <Progress percent={of === 0 ? 0 : Math.floor((entries / of) * 100)} aria-label={say("verify")} />
        <span className="numbers">{say("running", { entries: count(entries), of: count(of) })}</span>
      </div>
    );
  return (
    <div role="status">
      <Dot tone={state === "right" ? "good" : "bad"}>{say(state)}</Dot>{" "}
      {state === "right" && (
        <span className="numbers">{say("rightAbout", { entries: count(entries), records: count(records) })}</span>
      )}
      <ul>
        {faults.map(({ entry, what }) => (
          <li key={`${entry} ${what}`}>
            {entry !== null && <strong>{say("entry", { entry })}: </strong>}
            {what}
          </li>
        ))}
      </ul>
      {end_time !== null && (
        <p className="aside">
          {say("when")} <TimeAndDistance seconds={end_time} />
        </p>
      )}
      {head !== null && (
        <p className="aside">
          {say("head")} <code>{head}</code>
        </p>
      )}
    </div>
  );
}
