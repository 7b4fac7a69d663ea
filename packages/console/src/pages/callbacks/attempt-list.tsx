import type { CallbackAttempt } from "@quanku/sdk/admin";
import { Input, Select } from "antd";
import type { Pages } from "../../data/calls.ts";
import { Section } from "../../ui/page.tsx";
import { type Column, Rows } from "../../ui/rows.tsx";
import { Dot } from "../../ui/status.tsx";
import { Time } from "../../ui/time.tsx";
import { useUrlState } from "../../ui/url-state.ts";
import { type Say, useWords } from "../../words/table.ts";
import { type LabState, purposes, toneOf, useLiveAttempts, verdicts } from "./attempts.ts";
import { compare } from "./compare.ts";
import { mendWords } from "./mend-words.ts";
import { words } from "./words.ts";

type Name = keyof (typeof words)["words"];

/** What is first to be known of an attempt: how to mend it, what a merchant declined with, or what it gave. */
function Why({ attempt }: { attempt: CallbackAttempt }) {
  const mend = useWords(mendWords);
  const { whole, rows } = compare(attempt);
  const first =
    whole ?? (rows.find(({ state, mend }) => state === "wrong" && mend) ?? rows.find(({ mend }) => mend))?.mend;
  const given = attempt.verdict === "granted" && rows.find(({ name }) => name === "out_user_coupon_id")?.came;
  return <span className="lab-why">{first ? mend(first.word, first.given) : given && <code>{given}</code>}</span>;
}

const columnsOf = (say: Say<Name>): Column<CallbackAttempt>[] => [
  {
    key: "verdict",
    title: say("verdict"),
    width: "96px",
    cell: (attempt) => <Dot tone={toneOf(attempt)}>{say(`verdict_${attempt.verdict}`)}</Dot>,
  },
  {
    key: "request",
    title: say("purpose"),
    width: "minmax(0, 3fr)",
    cell: ({ purpose, request_id, fault }) => (
      <span>
        {say(`purpose_${purpose}`)} <code>{request_id}</code>{" "}
        {fault !== null && <code className="lab-fault">{fault}</code>}
      </span>
    ),
  },
  { key: "why", title: say("why"), width: "minmax(0, 4fr)", cell: (attempt) => <Why attempt={attempt} /> },
  {
    key: "time",
    title: say("time"),
    width: "150px",
    align: "end",
    cell: ({ time_ms, milliseconds }) => (
      <span>
        <Time seconds={Math.floor(time_ms / 1000)} exact />
        <br />
        <span className="aside">{say("milliseconds", { milliseconds })}</span>
      </span>
    ),
  },
];

/** Every time the merchant was asked, newest first and followed; what it is filtered by stands in the address. */
export function Attempts({ pages, open }: { pages: Pages<CallbackAttempt>; open: (callback: string) => void }) {
  const say = useWords(words);
  const [state, setState] = useUrlState<LabState>();
  const isLive = useLiveAttempts();
  const isFiltered = [state.verdict, state.purpose, state.request_id].some((one) => one !== undefined);
  return (
    <div className="lab-attempts">
      <Section title={say("attempts")} aside={isLive && <Dot tone="good">{say("live")}</Dot>}>
        <div className="filters">
          <Select
            aria-label={say("verdict")}
            value={state.verdict ?? ""}
            onChange={(verdict) => setState({ verdict })}
            options={[
              { value: "", label: say("anyVerdict") },
              ...verdicts.map((value) => ({ value, label: say(`verdict_${value}`) })),
            ]}
          />
          <Select
            aria-label={say("purpose")}
            value={state.purpose ?? ""}
            onChange={(purpose) => setState({ purpose })}
            options={[
              { value: "", label: say("anyPurpose") },
              ...purposes.map((value) => ({ value, label: say(`purpose_${value}`) })),
            ]}
          />
          <Input
            key={state.request_id ?? ""}
            className="lab-request"
            aria-label={say("requestId")}
            placeholder={say("requestId")}
            allowClear
            maxLength={128}
            defaultValue={state.request_id}
            onPressEnter={({ currentTarget }) => setState({ request_id: currentTarget.value.trim() })}
            onBlur={({ target }) => setState({ request_id: target.value.trim() })}
            onClear={() => setState({ request_id: undefined })}
          />
        </div>
        <Rows
          label={say("attempts")}
          pages={pages}
          columns={columnsOf(say)}
          rowKey={({ callback }) => callback}
          onOpen={({ callback }) => open(callback)}
          empty={say(isFiltered ? "noneFound" : "none")}
          mark={(attempt) => (toneOf(attempt) === "bad" ? "failed" : undefined)}
        />
      </Section>
    </div>
  );
}
