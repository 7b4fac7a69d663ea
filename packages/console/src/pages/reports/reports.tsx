import type { ReportLine } from "@quanku/sdk/admin";
import { memo } from "react";
import { useCall } from "../../data/calls.ts";
import { useNow } from "../../data/clock.ts";
import { useAppid } from "../../data/session.ts";
import { daysIn, type Period } from "../../parts/days.ts";
import { useCouponWords } from "../../parts/links.tsx";
import { DayChart, type Series } from "../../ui/chart.tsx";
import { Loaded, Page, Section } from "../../ui/page.tsx";
import { Save } from "../../ui/save.tsx";
import { dayOf } from "../../ui/shop-time.ts";
import { useUrlState } from "../../ui/url-state.ts";
import { useWords } from "../../words/table.ts";
import { Figures } from "./figures.tsx";
import { reportFile } from "./files.ts";
import { Filters } from "./filters.tsx";
import { byDay, isMoney, type Line, type Measure, measures, totalsOf } from "./lines.ts";
import { periodOf } from "./period.ts";
import { ReportTable } from "./report-table.tsx";
import { words } from "./words.ts";
import "./reports.css";

/** What happened in the shop, or to one coupon, day by day. */
export const Reports = () => <ReportsUntil today={dayOf(useNow())} />;

/** Drawn anew as the day changes, not as the clock goes on. */
const ReportsUntil = memo(({ today }: { today: string }) => {
  const say = useWords(words);
  const appid = useAppid();
  const [{ days, from, to, coupon, lines }] = useUrlState<"days" | "from" | "to" | "coupon" | "lines">();
  const period = periodOf({ days, from, to }, today);
  const asked = {
    appid,
    ...period,
    ...(coupon === undefined ? { by: "day" as const } : { out_coupon_id: coupon }),
  };
  const isByCoupon = coupon === undefined && lines === "coupon";
  const report = useCall("listReports", asked, { keeps: true });
  return (
    <Page
      title={say("title")}
      about={say("about")}
      actions={
        <Save
          label={say("download")}
          name={["report", coupon ?? (isByCoupon && "coupons"), period.from, period.to]
            .filter(Boolean)
            .join("-")
            .concat(".csv")}
          fetch={() => reportFile(isByCoupon ? { appid, ...period } : asked)}
        />
      }
    >
      <Filters period={period} />
      <Loaded of={report} rows={12}>
        {({ entries }) => <Report entries={entries} period={period} coupon={coupon} />}
      </Loaded>
    </Page>
  );
});

type Shown = { entries: readonly ReportLine[]; period: Period; coupon: string | undefined };

function Report({ entries, period, coupon }: Shown) {
  const say = useWords(words);
  const { name } = useCouponWords(coupon ?? "");
  const [{ show }, setUrl] = useUrlState<"show">();
  const days = daysIn(period);
  const lines = byDay(entries, days);
  const chosen = chosenIn(show);
  return (
    <>
      <Section title={coupon === undefined ? say("shop") : name}>
        <Figures totals={totalsOf(lines)} chosen={chosen} choose={(next) => setUrl({ show: next.join(",") })} />
        <DayChart label={say("chart")} days={days} series={useSeries(lines, chosen)} />
      </Section>
      <ReportTable lines={lines} period={period} coupon={coupon} />
    </>
  );
}

/** The measures that an address names, all of one unit. */
function chosenIn(text: string | undefined): Measure[] {
  const named = (text ?? "").split(",");
  const [first, ...others] = measures.filter((one) => named.includes(one));
  if (first === undefined) return ["claimed", "redeemed"];
  return [first, ...others.filter((one) => isMoney(one) === isMoney(first))].slice(0, 3);
}

const colours = ["primary", "second", "bad"] as const;

function useSeries(lines: readonly Line[], chosen: readonly Measure[]): Series[] {
  const say = useWords(words);
  return chosen.map((measure, index) => ({
    name: isMoney(measure) ? say("inYuan", { name: say(measure) }) : say(measure),
    colour: colours[index] ?? "primary",
    values: lines.map((line) => (isMoney(measure) ? line[measure] / 100 : line[measure])),
  }));
}
