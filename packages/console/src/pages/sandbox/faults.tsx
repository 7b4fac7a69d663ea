import type { Fault as Ordered } from "@quanku/sdk/admin";
import { useState } from "react";
import { useCall, useChange } from "../../data/calls.ts";
import { useRealNow } from "../../data/clock.ts";
import { Act } from "../../ui/allowed.tsx";
import { count, percent } from "../../ui/amounts.ts";
import { Fault } from "../../ui/fault.tsx";
import { Section } from "../../ui/page.tsx";
import { type Column, Rows } from "../../ui/rows.tsx";
import { spanOf } from "../../ui/span.ts";
import { useWords } from "../../words/table.ts";
import { FaultForm } from "./fault-form.tsx";
import { tellFault } from "./fault-kinds.ts";
import { listed } from "./listed.ts";
import { words } from "./words.ts";

/** The faults that are ordered, and how another is. */
export function Faults({ appid }: { appid: string }) {
  const say = useWords(words);
  const [isOrdering, setOrdering] = useState(false);
  const query = useCall("listFaults", { appid }, { every: 2000 });
  const endAll = useChange("endFaults");
  const columns = useColumns(appid);
  const isAny = (query.data?.entries.length ?? 0) > 0;
  return (
    <div id="faults">
      <Section
        title={say("faults")}
        aside={
          <div className="filters">
            {isAny && (
              <Act loading={endAll.isPending} onClick={() => endAll.mutate({ appid })}>
                {say("endAll")}
              </Act>
            )}
            <Act type="primary" onClick={() => setOrdering(true)}>
              {say("order")}
            </Act>
          </div>
        }
      >
        <p className="aside">{say("faultsAbout")}</p>
        <Fault error={endAll.error} />
        <Rows
          label={say("faults")}
          pages={listed(query)}
          columns={columns}
          rowKey={({ fault }) => fault}
          empty={say("noFaults")}
        />
        {isOrdering && <FaultForm appid={appid} close={() => setOrdering(false)} />}
      </Section>
    </div>
  );
}

function useColumns(appid: string): Column<Ordered>[] {
  const say = useWords(words);
  return [
    {
      key: "what",
      title: say("what"),
      width: "minmax(140px, 2fr)",
      cell: ({ what }) => (
        <span>
          {tellFault(say, what)} <code className="aside">{what}</code>
        </span>
      ),
    },
    {
      key: "which",
      title: say("which"),
      width: "minmax(100px, 1fr)",
      cell: ({ calls }) => (calls === null ? say("whichAll") : <code>{calls.replaceAll(",", ", ")}</code>),
    },
    { key: "share", title: say("shareOf"), width: "80px", align: "end", cell: ({ share }) => percent(share / 10_000) },
    {
      key: "seen",
      title: say("seenHit"),
      width: "110px",
      align: "end",
      cell: ({ seen, hit }) => `${count(seen)} / ${count(hit)}`,
    },
    { key: "left", title: say("left"), width: "minmax(110px, 1fr)", cell: (fault) => <Left of={fault} /> },
    { key: "seed", title: say("seed"), width: "110px", align: "end", cell: ({ seed }) => String(seed) },
    {
      key: "end",
      title: say("acts"),
      width: "90px",
      align: "end",
      cell: ({ fault }) => <End appid={appid} fault={fault} />,
    },
  ];
}

/** How many hits and how much time a fault has left. */
function Left({ of: { count: most, hit, end_time } }: { of: Ordered }) {
  const say = useWords(words);
  const now = useRealNow();
  const hits = most === null ? undefined : say("leftHits", { count: Math.max(0, most - hit) });
  return <>{[hits, spanOf(Math.max(0, end_time - now))].filter(Boolean).join(" · ")}</>;
}

function End({ appid, fault }: { appid: string; fault: string }) {
  const say = useWords(words);
  const end = useChange("endFault");
  return (
    <Act size="small" loading={end.isPending} onClick={() => end.mutate({ appid, fault })}>
      {say("end")}
    </Act>
  );
}
