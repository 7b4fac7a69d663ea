import type { Health } from "@quanku/sdk/admin";
import { useEffect, useState } from "react";
import { DayChart } from "../../ui/chart.tsx";
import { Section } from "../../ui/page.tsx";
import { clockOf } from "../../ui/shop-time.ts";
import { useWords } from "../../words/table.ts";
import { paceOf, type Sample, totalsOf, withSample } from "./samples.ts";
import { words } from "./words.ts";

/** Calls a second and those that failed, as a line that goes on while the page is open. `readAt` are Unix seconds. */
export function Pace({ calls, readAt }: { calls: NonNullable<Health["load"]>["calls"]; readAt: number }) {
  const say = useWords(words);
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  const { answered, failed } = totalsOf(calls);
  useEffect(() => {
    setSamples((before) => withSample(before, { at: readAt, answered, failed }));
  }, [readAt, answered, failed]);
  const pace = paceOf(samples);
  return (
    <Section title={say("pace")} aside={<span className="aside">{say("paceAbout")}</span>}>
      <DayChart
        label={say("pace")}
        days={pace.map(({ at }) => clockOf(Math.floor(at)))}
        from={0}
        series={[
          { name: say("answered"), colour: "primary", values: pace.map((one) => one.answered) },
          { name: say("refused"), colour: "bad", values: pace.map((one) => one.failed) },
        ]}
      />
    </Section>
  );
}
