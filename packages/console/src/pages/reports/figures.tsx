import { count, yuan } from "../../ui/amounts.ts";
import { useWords } from "../../words/table.ts";
import { type Counts, chosenAfter, isMoney, type Measure, measures } from "./lines.ts";
import { words } from "./words.ts";

/** A number of a measure as people read it. */
export const shown = (measure: Measure, value: number): string => (isMoney(measure) ? yuan(value) : count(value));

/** The totals of a period; those that are pressed are drawn in the chart. */
export function Figures({
  totals,
  chosen,
  choose,
}: {
  totals: Counts;
  chosen: readonly Measure[];
  choose: (measures: Measure[]) => void;
}) {
  const say = useWords(words);
  return (
    <div className="report-figures" role="group" aria-label={say("figures")}>
      {measures.map((measure) => (
        <button
          type="button"
          key={measure}
          aria-pressed={chosen.includes(measure)}
          onClick={() => choose(chosenAfter(chosen, measure))}
        >
          <span className="aside">{say(measure)}</span>
          <strong className="numbers">{shown(measure, totals[measure])}</strong>
        </button>
      ))}
    </div>
  );
}
