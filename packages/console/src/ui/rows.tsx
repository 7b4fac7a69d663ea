import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { Skeleton } from "antd";
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import type { Pages } from "../data/calls.ts";
import { useWords } from "../words/table.ts";
import { Fault } from "./fault.tsx";
import { common } from "./words.ts";

/** A column of a list. */
export type Column<Row> = {
  key: string;
  title: string;
  /** Its share of the width, as CSS grid spells it: `2fr`, `120px`. */
  width: string;
  cell: (row: Row) => ReactNode;
  /** `end` for numbers. */
  align?: "start" | "end";
  /** How the list is sorted by it, if it is, and what a press on its title does; absent where that is not possible. */
  sort?: { direction: "ascending" | "descending" | undefined; toggle: () => void };
};

/**
 * A list of any length: only what is seen is drawn, and the next page is read as its end comes into sight. On a phone each row is a
 * card. Enter or a click opens a row, where `onEnter` is given each its own way; the arrow keys go from row to row.
 */
export function Rows<Row>({
  label,
  pages,
  columns,
  rowKey,
  onOpen,
  onEnter = onOpen,
  empty,
  mark,
}: {
  label: string;
  pages: Pick<Pages<Row>, "entries" | "isPending" | "isReading" | "hasMore" | "error" | "more" | "again">;
  columns: readonly Column<Row>[];
  rowKey: (row: Row) => string;
  onOpen?: ((row: Row) => void) | undefined;
  onEnter?: ((row: Row) => void) | undefined;
  /** What stands where there are none. */
  empty?: ReactNode;
  /** A class of the row, as `failed`. */
  mark?: (row: Row) => string | undefined;
}) {
  const say = useWords(common);
  const body = useRef<HTMLDivElement>(null);
  const { entries, hasMore, isReading, more } = pages;
  const list = useWindowVirtualizer({
    count: entries.length,
    estimateSize: () => 52,
    overscan: 12,
    scrollMargin: body.current?.offsetTop ?? 0,
    getItemKey: (index) => rowKey(entries[index] as Row),
  });
  const shown = list.getVirtualItems();
  const last = shown.at(-1)?.index ?? -1;
  useEffect(() => {
    if (hasMore && !isReading && last >= entries.length - 10) more();
  }, [hasMore, isReading, last, entries.length, more]);

  if (pages.error && entries.length === 0) return <Fault error={pages.error} again={pages.again} />;
  if (pages.isPending) return <Skeleton active title={false} paragraph={{ rows: 8 }} />;
  if (entries.length === 0 && !hasMore) return <div className="empty">{empty ?? say("nothing")}</div>;
  const grid = { gridTemplateColumns: columns.map(({ width }) => width).join(" ") };
  return (
    <div role="table" aria-label={label} aria-rowcount={hasMore ? -1 : entries.length + 1} className="rows">
      <div role="row" className="rows-head" style={grid} aria-rowindex={1}>
        {columns.map(({ key, title, align, sort }) => (
          <span role="columnheader" key={key} className={align} aria-sort={sort && (sort.direction ?? "none")}>
            {sort ? (
              <button type="button" className="sort" onClick={sort.toggle}>
                {title}
              </button>
            ) : (
              title
            )}
          </span>
        ))}
      </div>
      <div ref={body} role="rowgroup" className="rows-body" style={{ height: list.getTotalSize() }}>
        {shown.map(({ index, key, start }) => {
          const row = entries[index] as Row;
          return (
            <div
              role="row"
              key={key}
              data-index={index}
              ref={list.measureElement}
              aria-rowindex={index + 2}
              tabIndex={onOpen ? 0 : undefined}
              className={["row", onOpen && "opens", mark?.(row)].filter(Boolean).join(" ")}
              style={{ ...grid, transform: `translateY(${start - list.options.scrollMargin}px)` }}
              onClick={onOpen && ((event) => isOwn(event.target) && onOpen(row))}
              onKeyDown={onEnter && ((event) => steer(event, () => onEnter(row)))}
            >
              {columns.map((column) => (
                <span role="cell" key={column.key} className={column.align} data-title={column.title}>
                  {column.cell(row)}
                </span>
              ))}
            </div>
          );
        })}
      </div>
      {isReading && <p className="aside">{say("reading")}</p>}
      {pages.error && <Fault error={pages.error} again={more} />}
    </div>
  );
}

/** Whether a click was on the row itself, and not on something in it that does its own. */
const isOwn = (target: EventTarget) => !(target as Element).closest("a, button, input, label, [role=switch]");

function steer(event: KeyboardEvent<HTMLElement>, open: () => void): void {
  if (event.target !== event.currentTarget) return;
  const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" } as const;
  if (event.key === "Enter") open();
  else if (event.key === "ArrowDown" || event.key === "ArrowUp")
    (event.currentTarget[step[event.key]] as HTMLElement | null)?.focus();
  else return;
  event.preventDefault();
}
