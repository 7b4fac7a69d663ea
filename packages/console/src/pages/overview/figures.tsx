import type { ReportLine } from "@quanku/sdk/admin";
import { onDays } from "../../parts/days.ts";
import { count, yuan } from "../../ui/amounts.ts";
import { useWords } from "../../words/table.ts";
import { words } from "./words.ts";

const figures = [
  ["claimed", count],
  ["redeemed", count],
  ["discount", yuan],
  ["returned", count],
] as const;

/** Four numbers of today, with those of yesterday beside them. `days` end with today. */
export function Figures({ days, lines }: { days: readonly string[]; lines: readonly ReportLine[] }) {
  const say = useWords(words);
  return (
    <section aria-labelledby="overview-today">
      <h2 id="overview-today" className="unseen">
        {say("today")}
      </h2>
      <dl className="figures">
        {figures.map(([name, told]) => {
          const [yesterday = 0, today = 0] = onDays(days.slice(-2), lines, name);
          return (
            <div className="figure" key={name}>
              <dt>
                {say("today")} · {say(name)}
              </dt>
              <dd>
                <strong>{told(today)}</strong>
                <span className="aside">{say("yesterday", { number: told(yesterday) })}</span>
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
