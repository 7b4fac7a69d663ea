import type { ReportLine } from "@quanku/sdk/admin";
import { onDays } from "../../parts/days.ts";
import { DayChart } from "../../ui/chart.tsx";
import { PageLink, useAddresses } from "../../ui/link.tsx";
import { Section } from "../../ui/page.tsx";
import { useWords } from "../../words/table.ts";
import { words } from "./words.ts";

/** Claims and redemptions of thirty days. */
export function Month({ days, lines }: { days: readonly string[]; lines: readonly ReportLine[] }) {
  const say = useWords(words);
  const to = useAddresses();
  return (
    <Section title={say("month")} aside={<PageLink to={to.reports}>{say("reports")}</PageLink>}>
      {lines.length === 0 && <MonthNone />}
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

function MonthNone() {
  const say = useWords(words);
  const to = useAddresses();
  return (
    <p className="aside">
      {say("monthNone")} <PageLink to={to.newHandOut}>{say("stepGive")}</PageLink>
      {" · "}
      <PageLink to={to.try}>{say("stepConnect")}</PageLink>
    </p>
  );
}
