import type { OperatedCoupon, ReportLine } from "@quanku/sdk/admin";
import { useCall } from "../../data/calls.ts";
import { useNow } from "../../data/clock.ts";
import { useAppid } from "../../data/session.ts";
import { daysUntil } from "../../parts/days.ts";
import { Fault } from "../../ui/fault.tsx";
import { Loaded, Page } from "../../ui/page.tsx";
import { dayOf } from "../../ui/shop-time.ts";
import { useWords } from "../../words/table.ts";
import { useGlance } from "./at-a-glance.ts";
import { TodayInNumbers } from "./figures.tsx";
import { FirstSteps } from "./first-steps.tsx";
import { Month } from "./month.tsx";
import { Needs } from "./needs-list.tsx";
import { EndsSoon, RunsOut } from "./soon-lists.tsx";
import { words } from "./words.ts";
import "./overview.css";

/** How the shop goes: what happened today, in a month, and what somebody should look at. */
export function Overview() {
  const say = useWords(words);
  const appid = useAppid();
  const today = dayOf(useNow());
  const days = daysUntil(today, 30);
  const lines = useCall("listReports", { appid, from: days[0] ?? today, to: today, by: "day" }, { keeps: true });
  const newest = useCall("listCoupons", { appid, limit: 50 });
  return (
    <Page title={say("title")}>
      {newest.error && <Fault error={newest.error} again={() => void newest.refetch()} />}
      <Loaded of={lines} rows={10}>
        {({ entries }) =>
          newest.data && isBeginning(newest.data, entries) ? (
            <FirstSteps coupons={newest.data.entries} />
          ) : (
            <Shop days={days} lines={entries} />
          )
        }
      </Loaded>
    </Page>
  );
}

/** Whether nothing was ever put into force: there are drafts at most, and nothing happened. */
const isBeginning = (
  coupons: { entries: OperatedCoupon[]; next: string | null },
  lines: readonly ReportLine[],
): boolean => coupons.next === null && lines.length === 0 && coupons.entries.every(({ status }) => status === "draft");

function Shop({ days, lines }: { days: readonly string[]; lines: readonly ReportLine[] }) {
  const glance = useGlance(useAppid(), days.at(-1) ?? "");
  return (
    <>
      <TodayInNumbers days={days} lines={lines} />
      <Month days={days} lines={lines} />
      <div className="overview-lists">
        <RunsOut glance={glance} />
        <EndsSoon glance={glance} />
        <Needs />
      </div>
    </>
  );
}
