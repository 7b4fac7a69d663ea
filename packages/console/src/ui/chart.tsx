import { theme } from "antd";
import { useEffect, useRef } from "react";
import UPlot from "uplot";
import "uplot/dist/uPlot.min.css";

/** A line of a chart: what it counts, and its colour. */
export type Series = { name: string; colour: "primary" | "second" | "bad"; values: readonly number[] };

/** Lines over days. `days` are texts as `2026-11-26`; the table below it says the same to those who do not see it. */
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
        scales: { x: { time: false } },
        axes: [
          { ...axis, values: (_, at) => at.map((index) => days[index]?.slice(5) ?? "") },
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
  return (
    <figure className="chart">
      <figcaption>
        {series.map(({ name, colour }) => (
          <span key={name} className={`legend ${colour}`}>
            {name}
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
