import UPlot from "uplot";
import "uplot/dist/uPlot.min.css";

/** A line of a chart: what it counts, and its colour. */
export type Series = { name: string; colour: "primary" | "second" | "bad"; values: readonly number[] };

/** Colours do not stand alone: each has a stroke of its own. */
const dashes = { primary: [], second: [7, 4], bad: [2, 3] };

/** How high a chart is, in pixels. */
const HEIGHT = 220;

type Drawing = {
  days: readonly string[];
  series: readonly Series[];
  colours: { lines: Readonly<Record<Series["colour"], string>>; text: string; grid: string };
  /** From which of its characters on a text of `days` is told under the axis. */
  from: number;
  /** Is told which day is under the pointer. */
  point: (index: number | undefined) => void;
};

/** Draws lines over days into an element, as wide as that is; answers what removes them. */
export function drawLines(element: HTMLElement, { days, series, colours, from, point }: Drawing): () => void {
  const axis = { stroke: colours.text, grid: { stroke: colours.grid }, ticks: { show: false } };
  const size = () => ({ width: element.clientWidth, height: HEIGHT });
  const chart = new UPlot(
    {
      ...size(),
      legend: { show: false },
      cursor: { y: false },
      hooks: { setCursor: [({ cursor: { idx } }) => point(idx ?? undefined)] },
      scales: { x: { time: false } },
      axes: [
        { ...axis, size: 32, values: (_, at) => at.map((index) => days[index]?.slice(from) ?? "") },
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
          stroke: colours.lines[colour],
          width: 2,
          dash: dashes[colour],
          points: { size: 5 },
        })),
      ],
    },
    [days.map((_, index) => index), ...series.map(({ values }) => [...values])],
    element,
  );
  const sizes = new ResizeObserver(() => chart.setSize(size()));
  sizes.observe(element);
  return () => {
    sizes.disconnect();
    chart.destroy();
  };
}
