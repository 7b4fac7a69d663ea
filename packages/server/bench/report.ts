import { type Figure, judge } from "./figures.ts";
import { median } from "./rounds.ts";

/** A figure with everything it comes from. */
export function details(figure: Figure): string {
  return [
    `  ${figure.what}: ${number(median(figure.values))} ${figure.unit}${spread(figure)}  (${judge(figure)})`,
    ...figure.sides.map((side) => `      ${side}`),
    `      limited by: ${figure.limit}`,
    "",
  ].join("\n");
}

/** All figures, a line each. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const sign = figure.better === "higher" ? "≥" : "≤";
    const mark = (value: number | undefined) => (value === undefined ? "" : `${sign} ${value}`);
    return [
      figure.what,
      number(median(figure.values)),
      figure.unit,
      mark(figure.aim),
      mark(figure.floor),
      judge(figure),
    ];
  });
  const all = [["figure", "value", "", "aim", "floor", ""], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  return all
    .map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd())
    .join("\n");
}

const spread = ({ values }: Figure) =>
  values.length < 2 ? "" : `, rounds ${number(Math.min(...values))} to ${number(Math.max(...values))}`;

const number = (value: number) => (Number.isNaN(value) ? "?" : value >= 100 ? value.toFixed(0) : value.toFixed(2));
