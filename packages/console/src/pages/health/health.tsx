import type { Health as Told } from "@quanku/sdk/admin";
import { useCall } from "../../data/calls.ts";
import { bytes, count } from "../../ui/amounts.ts";
import { type Fact, Facts } from "../../ui/facts.tsx";
import { Loaded, Page, Section } from "../../ui/page.tsx";
import { type Column, Rows } from "../../ui/rows.tsx";
import { Dot } from "../../ui/status.tsx";
import { TimeAndDistance } from "../../ui/time.tsx";
import { whole } from "../../ui/whole.ts";
import { useWords } from "../../words/table.ts";
import { Pace } from "./pace.tsx";
import { Shares } from "./shares.tsx";
import { words } from "./words.ts";
import "./health.css";

/** How often the server is asked how it does, in milliseconds. */
const POLL = 3000;

/** How the server does: whether it keeps writes, what it has to do, and how long its calls take. */
export function Health() {
  const say = useWords(words);
  const health = useCall("showHealth", {}, { every: POLL });
  return (
    <Page title={say("title")} about={say("about")}>
      <Loaded of={health} rows={8}>
        {({ health: shown }) => <Shown {...shown} readAt={health.dataUpdatedAt / 1000} />}
      </Loaded>
    </Page>
  );
}

function Shown({ is_ready, why, version, node, store, start_time, apps, load, readAt }: Told & { readAt: number }) {
  const say = useWords(words);
  const facts: Fact[] = [
    { name: say("version"), value: `Quanku ${version} · Node.js ${node}` },
    { name: say("store"), value: say(store) },
    { name: say("started"), value: <TimeAndDistance seconds={start_time} /> },
    { name: say("apps"), value: count(apps) },
  ];
  return (
    <>
      <Section
        title={say("title")}
        aside={
          <a href="/metrics" target="_blank" rel="noreferrer">
            {say("metrics")}
          </a>
        }
      >
        <p role="status">
          {is_ready ? (
            <Dot tone="good">{say("ready")}</Dot>
          ) : (
            <Dot tone="bad">{say("notReady", { why: why ?? "" })}</Dot>
          )}
        </p>
        <Facts facts={load ? [...facts, ...factsOf(load, say)] : facts} />
      </Section>
      {load ? (
        <>
          <Pace calls={load.calls} readAt={readAt} />
          <div className="health-shares">
            <Shares title={say("claims")} of={load.claims} />
            <Shares title={say("callbacks")} of={load.callbacks} />
          </div>
          <Calls calls={load.calls} />
        </>
      ) : (
        <p className="aside">{say("ownersOnly")}</p>
      )}
    </>
  );
}

type Load = NonNullable<Told["load"]>;

function factsOf(
  { memory, calls_under_way, commands_waiting, connections, commits }: Load,
  say: (name: FactName) => string,
): Fact[] {
  const facts: Fact[] = [
    { name: say("resident"), value: bytes(memory.resident) },
    { name: say("underWay"), value: count(calls_under_way) },
    { name: say("waiting"), value: count(commands_waiting) },
    { name: say("batch"), value: `${atLeast(commits.p50)} / ${atLeast(commits.p99)}` },
  ];
  if (connections) facts.push({ name: say("connections"), value: `${connections.in_use} / ${connections.idle}` });
  return facts;
}

type FactName = "resident" | "underWay" | "waiting" | "batch" | "connections";
type Call = Load["calls"][number];

const shortly = (number: number | null) => (number === null ? "–" : number.toFixed(number < 10 ? 1 : 0));

const atLeast = (number: number | null) => (number === null ? "–" : count(Math.ceil(number)));

function Calls({ calls }: { calls: readonly Call[] }) {
  const say = useWords(words);
  const columns: Column<Call>[] = [
    { key: "path", title: say("path"), width: "minmax(0, 2fr)", cell: ({ path }) => <code>{path}</code> },
    { key: "count", title: say("count"), width: "100px", align: "end", cell: (call) => count(call.count) },
    {
      key: "failed",
      title: say("failed"),
      width: "minmax(0, 1fr)",
      cell: ({ failures }) => <Failures of={failures} />,
    },
    { key: "p50", title: say("p50"), width: "90px", align: "end", cell: ({ p50 }) => shortly(p50) },
    { key: "p99", title: say("p99"), width: "90px", align: "end", cell: ({ p99 }) => shortly(p99) },
  ];
  const pages = whole({ data: { entries: [...calls] }, isPending: false, error: null, refetch() {} });
  return (
    <Section title={say("calls")}>
      <Rows label={say("calls")} pages={pages} columns={columns} rowKey={({ path }) => path} empty={say("noCalls")} />
    </Section>
  );
}

function Failures({ of }: { of: Call["failures"] }) {
  return of.map(({ errcode, count: times }) => (
    <span key={errcode} className="numbers">
      {errcode} × {count(times)}{" "}
    </span>
  ));
}
