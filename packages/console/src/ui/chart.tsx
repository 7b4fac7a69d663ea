import { theme } from "antd";
import { useEffect, useRef, useState } from "react";
import UPlot from "uplot";
import "uplot/dist/uPlot.min.css";

/** A line of a chart: what it counts, and its colour. */
export type Series = { name: string; colour: "primary" | "second" | "bad"; values: readonly number[] };

/** Colours do not stand alone: each has a stroke of its own. */
const dashes = { primary: [], second: [7, 4], bad: [2, 3] };

/**
 * Lines over days. `days` are texts as `2026-11-26`; the day under the pointer, or else the last one, is told in numbers, and the
 * table below it says the same to those who do not see it.
 */
export function DayChart({
  label,
  days,
  series,
}: {
  label: string;
  days: readonly string[];
  series: readonly Series[];
}) {
  const place = useRef<HTMLDivElement>(null);
  const { token } = theme.useToken();
  // As a text, so that it is drawn anew when something else stands in it, and not whenever somebody made the lists again.
  const drawn = JSON.stringify([days, series]);
  const [pointed, setPointed] = useState<number>();
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const [days, series] = JSON.parse(drawn) as [string[], Series[]];
    const colours = { primary: token.colorPrimary, second: token.colorSuccess, bad: token.colorError };
    const axis = { stroke: token.colorTextSecondary, grid: { stroke: token.colorSplit }, ticks: { show: false } };
    const chart = new UPlot(
      {
        width: element.clientWidth,
        height: 220,
        legend: { show: false },
        cursor: { y: false },
        hooks: { setCursor: [({ cursor: { idx } }) => setPointed(idx ?? undefined)] },
        scales: { x: { time: false } },
        axes: [
          { ...axis, size: 32, values: (_, at) => at.map((index) => days[index]?.slice(5) ?? "") },
          {
            ...axis,
            size: 60,
            values: (_, at) => at.map((value) => (Number.isInteger(value) ? value.toLocaleString("en") : "")),
          },
        ],
        series: [
          {},
          ...series.map(({ name, colour }) => ({
            label: name,
            stroke: colours[colour],
            width: 2,
            dash: dashes[colour],
            points: { size: 5 },
          })),
        ],
      },
      [days.map((_, index) => index), ...series.map(({ values }) => [...values])],
      element,
    );
    const sizes = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height: 220 }));
    sizes.observe(element);
    return () => {
      sizes.disconnect();
      chart.destroy();
    };
  }, [drawn, token]);
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
      <div ref={place} aria-hidden="true" />
      {/* A table is as high as its rows whatever is asked of it: what hides it stands around it. */}
      <div className="unseen">
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
      </div>
    </figure>
  );
}
