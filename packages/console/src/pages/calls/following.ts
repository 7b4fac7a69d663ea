import type { ListCallsInput, LoggedCall } from "@quanku/sdk/admin";
import { useRef, useState } from "react";
import { type Pages, usePages } from "../../data/calls.ts";
import { useLive } from "../../data/live.tsx";

/** Which calls are looked at. */
export type Filter = Pick<ListCallsInput, "call" | "errcode" | "openid" | "out_coupon_id" | "rid">;

/** After how many that came live the list is read again. Twice as many are kept, so that none is missing meanwhile. */
const READ_AFTER = 500;

/** What leaves nothing in an app's log. */
const emptying = ["resetSandbox", "loadSandbox"];

const isOf = (call: LoggedCall, filter: Filter): boolean =>
  (Object.keys(filter) as (keyof Filter)[]).every((name) => filter[name] === undefined || call[name] === filter[name]);

/** The calls that are looked at, as they come; paused, those stay that were there, and it is told how many came since. */
export function useFollowed(appid: string, filter: Filter) {
  const read = usePages("listCalls", { appid, ...filter, limit: 100 });
  const [came, setCame] = useState<readonly LoggedCall[]>([]);
  const count = useRef(0);
  const [until, setUntil] = useState<number>();
  const isLive = useLive((event) => {
    if (event.event === "call") {
      setCame((before) => [event.data, ...before].slice(0, 2 * READ_AFTER));
      if (++count.current % READ_AFTER === 0) read.again();
    }
    // The log of an app that was emptied is empty, and begins at 1 again.
    if (event.event === "journal" && emptying.includes(event.data.command)) {
      setCame([]);
      setUntil(undefined);
    }
  });
  const all = merged(
    came.filter((call) => isOf(call, filter)),
    read.entries,
  );
  const shown = until === undefined ? all : all.filter(({ nth }) => nth <= until);
  const pages: Pages<LoggedCall> = { ...read, entries: shown };
  return {
    pages,
    isLive,
    isPaused: until !== undefined,
    meanwhile: all.length - shown.length,
    toggle: () => setUntil(until === undefined ? (all[0]?.nth ?? 0) : undefined),
  };
}

/** Calls of both, each once, newest first. */
function merged(came: readonly LoggedCall[], read: readonly LoggedCall[]): LoggedCall[] {
  const newest = read[0]?.nth ?? 0;
  const known = new Set(read.map(({ nth }) => nth));
  const fresh = came.filter(({ nth }) => nth > newest || (!known.has(nth) && nth > (read.at(-1)?.nth ?? 0)));
  return fresh.length === 0 ? [...read] : [...fresh, ...read].toSorted((one, other) => other.nth - one.nth);
}
