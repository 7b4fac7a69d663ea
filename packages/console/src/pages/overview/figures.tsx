import type { ReportLine } from "@quanku/sdk/admin";
import { onDays } from "../../parts/days.ts";
import { count, yuan } from "../../ui/amounts.ts";
import { Figures } from "../../ui/facts.tsx";
import { useWords } from "../../words/table.ts";
import { words } from "./words.ts";

const measures = [
  ["claimed", count],
  ["redeemed", count],
  ["discount", yuan],
  ["returned", count],
] as const;

/** Four numbers of today, with those of yesterday beside them. `days` end with today. */
export function TodayInNumbers({ days, lines }: { days: readonly string[]; lines: readonly ReportLine[] }) {
  const say = useWords(words);
  const figures = measures.map(([name, told]) => {
    const [yesterday = 0, today = 0] = onDays(days.slice(-2), lines, name);
    return {
      name: `${say("today")} · ${say(name)}`,
      value: told(today),
      aside: say("yesterday", { number: told(yesterday) }),
    };
  });
  return (
    <section aria-labelledby="overview-today">
      <h2 id="overview-today" className="unseen">
        {say("today")}
      </h2>
      <Figures figures={figures} />
    </section>
  );
}
