import { useQuery } from "@tanstack/react-query";
import { Segmented, Select } from "antd";
import { rowsIn } from "../../data/csv.ts";
import { useAppid } from "../../data/session.ts";
import type { Period } from "../../parts/days.ts";
import { CouponLink } from "../../parts/links.tsx";
import { Loaded, Section } from "../../ui/page.tsx";
import { type Column, Rows } from "../../ui/rows.tsx";
import { useUrlState } from "../../ui/url-state.ts";
import { useWords } from "../../words/table.ts";
import { shown } from "./figures.tsx";
import { reportFile } from "./files.ts";
import { byCoupon, type Line, type Measure, measures, sorted } from "./lines.ts";
import { words } from "./words.ts";

/** The same in numbers: a line for each day, or for each coupon over the period. */
export function ReportTable({
  lines,
  period,
  coupon,
}: {
  lines: readonly Line[];
  period: Period;
  coupon: string | undefined;
}) {
  const say = useWords(words);
  const [{ lines: asked }, setUrl] = useUrlState<"lines" | "sort">();
  const isByCoupon = coupon === undefined && asked === "coupon";
  const choice = coupon === undefined && (
    <Segmented<string>
      aria-label={say("by")}
      value={isByCoupon ? "coupon" : "day"}
      onChange={(next) => setUrl({ lines: next === "day" ? undefined : next, sort: undefined })}
      options={[
        { value: "day", label: say("byDay") },
        { value: "coupon", label: say("byCoupon") },
      ]}
    />
  );
  return (
    <Section title={say("table")} aside={choice}>
      {isByCoupon ? <Coupons period={period} /> : <Lines lines={lines} by="day" />}
    </Section>
  );
}

function Coupons({ period }: { period: Period }) {
  const say = useWords(words);
  const appid = useAppid();
  const asked = { appid, ...period };
  const report = useQuery({
    queryKey: ["listReports", { ...asked, csv: true }],
    queryFn: async ({ signal }) => byCoupon(rowsIn(await reportFile(asked, signal))),
  });
  return (
    <>
      <Loaded of={report}>{(lines) => <Lines lines={lines} by="coupon" />}</Loaded>
      <p className="aside">{say("ordersTwice")}</p>
    </>
  );
}

/** What lines are sorted by, as the address says it: a measure, or `key`, with a `-` before it where it falls. */
function useSorting(by: "day" | "coupon") {
  const first = by === "day" ? "-key" : "-claimed";
  const [{ sort = first }, setUrl] = useUrlState<"sort">();
  const isDescending = sort.startsWith("-");
  const named = isDescending ? sort.slice(1) : sort;
  const key: Measure | "key" = measures.find((one) => one === named) ?? "key";
  const toggle = (next: Measure | "key") => setUrl({ sort: key === next && isDescending ? next : `-${next}` });
  return { key, isDescending, toggle };
}

function Lines({ lines, by }: { lines: readonly Line[]; by: "day" | "coupon" }) {
  const say = useWords(words);
  const sorting = useSorting(by);
  const { key, isDescending, toggle } = sorting;
  const sortOf = (name: Measure | "key") => ({
    direction: key === name ? (isDescending ? ("descending" as const) : ("ascending" as const)) : undefined,
    toggle: () => toggle(name),
  });
  const columns: Column<Line>[] = [
    {
      key: "key",
      title: say(by),
      width: by === "day" ? "110px" : "minmax(120px, 2fr)",
      sort: sortOf("key"),
      cell: (line) => (by === "day" ? <span className="numbers">{line.key}</span> : <CouponLink id={line.key} />),
    },
    ...measures.map(
      (measure): Column<Line> => ({
        key: measure,
        title: say(measure),
        width: "minmax(64px, 1fr)",
        align: "end",
        sort: sortOf(measure),
        cell: (line) => (
          <span className={line[measure] === 0 ? "aside" : undefined}>{shown(measure, line[measure])}</span>
        ),
      }),
    ),
  ];
  const names = Object.fromEntries(columns.map(({ key: name, title }) => [name, title]));
  return (
    <>
      <Select
        className="phone-sort"
        aria-label={say("sort")}
        value={key}
        onChange={toggle}
        options={(["key", ...measures] as const).map((value) => ({
          value,
          label: say("sortBy", { name: names[value] ?? "" }),
        }))}
      />
      <div className="report-table">
        <Rows
          label={say("table")}
          pages={whole(sorted(lines, key, isDescending))}
          columns={columns}
          rowKey={keyOf}
          empty={say("none")}
        />
      </div>
    </>
  );
}

const keyOf = ({ key }: Line) => key;

/** A list that is there as a whole. */
const whole = (entries: readonly Line[]) => ({
  entries,
  isPending: false,
  isReading: false,
  hasMore: false,
  error: null,
  more: () => {},
  again: () => {},
});
