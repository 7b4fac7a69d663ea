import type { ReportLine } from "@quanku/sdk/admin";
import { Link } from "@tanstack/react-router";
import { useAppid } from "../../data/session.ts";
import { onDays } from "../../parts/days.ts";
import { DayChart } from "../../ui/chart.tsx";
import { Section } from "../../ui/page.tsx";
import { useWords } from "../../words/table.ts";
import { words } from "./words.ts";

/** Claims and redemptions of thirty days. */
export function Month({ days, lines }: { days: readonly string[]; lines: readonly ReportLine[] }) {
  const say = useWords(words);
  const appid = useAppid();
  return (
    <Section title={say("month")} aside={<Link to={`/${appid}/reports` as never}>{say("reports")}</Link>}>
      {lines.length === 0 && <MonthNone appid={appid} />}
      <DayChart
        label={say("month")}
        days={days}
        series={[
          { name: say("claimed"), colour: "primary", values: onDays(days, lines, "claimed") },
          { name: say("redeemed"), colour: "second", values: onDays(days, lines, "redeemed") },
        ]}
      />
    </Section>
  );
}

function MonthNone({ appid }: { appid: string }) {
  const say = useWords(words);
  return (
    <p className="aside">
      {say("monthNone")} <Link to={`/${appid}/hand-outs/new` as never}>{say("stepGive")}</Link>
      {" · "}
      <Link to={`/${appid}/try` as never}>{say("stepConnect")}</Link>
    </p>
  );
}
