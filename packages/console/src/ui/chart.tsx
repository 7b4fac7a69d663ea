import { theme } from "antd";
import { useEffect, useRef, useState } from "react";
import type { Series } from "./day-lines.ts";

export type { Series };

/**
 * Lines over days, or other times. `days` are texts as `2026-11-26`; the day under the pointer, or else the last one, is told in numbers, and the
 * table below it says the same to those who do not see it. Where no chart can be drawn, the table is shown to everybody.
 */
export function DayChart({
  label,
  days,
  series,
  from = 5,
}: {
  label: string;
  days: readonly string[];
  series: readonly Series[];
  /** From which of its characters on a text of `days` stands under the axis: of a day its year is left out. */
  from?: number;
}) {
  const place = useRef<HTMLDivElement>(null);
  const { token } = theme.useToken();
  // As a text, so that it is drawn anew when something else stands in it, and not whenever somebody made the lists again.
  const drawn = JSON.stringify([days, series]);
  const [pointed, setPointed] = useState<number>();
  const [isDrawn, setDrawn] = useState(true);
  useEffect(() => {
    const colours = {
      lines: { primary: token.colorPrimary, second: token.colorSuccess, bad: token.colorError },
      text: token.colorTextSecondary,
      grid: token.colorSplit,
    };
    let remove: (() => void) | undefined;
    let isGone = false;
    // What draws it is fetched when it is first needed; it gives up where the browser tells a language that is none.
    import("./day-lines.ts").then(
      ({ drawLines }) => {
        const [days, series] = JSON.parse(drawn) as [string[], Series[]];
        if (!isGone && place.current)
          remove = drawLines(place.current, { days, series, colours, from, point: setPointed });
      },
      () => setDrawn(false),
    );
    return () => {
      isGone = true;
      remove?.();
    };
  }, [drawn, token, from]);
  const at = pointed !== undefined && pointed < days.length ? pointed : days.length - 1;
  return (
    <figure className="chart">
      <figcaption>
        <span className="numbers">{days[at]}</span>
        {series.map(({ name, colour, values }) => (
          <span key={name} className={`legend ${colour}`}>
            {name} <span className="numbers">{values[at]?.toLocaleString("en")}</span>
          </span>
        ))}
      </figcaption>
      {isDrawn && <div ref={place} className="chart-place" aria-hidden="true" />}
      {/* A table is as high as its rows whatever is asked of it: what hides it stands around it. */}
      <div className={isDrawn ? "unseen" : undefined}>
        <DayTable label={label} days={days} series={series} />
      </div>
    </figure>
  );
}

function DayTable({ label, days, series }: { label: string; days: readonly string[]; series: readonly Series[] }) {
  return (
    <table aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{label}</th>
          {series.map(({ name }) => (
            <th scope="col" key={name}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {days.map((day, index) => (
          <tr key={day}>
            <th scope="row">{day}</th>
            {series.map(({ name, values }) => (
              <td key={name}>{values[index]}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
