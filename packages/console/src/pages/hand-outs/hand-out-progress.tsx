import type { HandOut } from "@quanku/sdk/admin";
import { Progress } from "antd";
import { useEffect, useState } from "react";
import { count } from "../../ui/amounts.ts";
import { spanOf } from "../../ui/span.ts";
import { useWords } from "../../words/table.ts";
import { paceOf, type Sample, secondsLeft, withSample } from "./pace.ts";
import { isUnderWay } from "./states.tsx";
import { words } from "./words.ts";

/** How far a hand-out is, how fast it goes on, and how long that takes. `readAt` is when that was read, in milliseconds. */
export function HandOutProgress({ handOut, readAt }: { handOut: HandOut; readAt: number }) {
  const say = useWords(words);
  const { next, total } = handOut;
  const pace = usePace(next, readAt);
  const left = secondsLeft(handOut, pace);
  const share = total === 0 ? 100 : Math.floor((next / total) * 100);
  return (
    <div>
      <Progress
        percent={share}
        status={handOut.state === "cancelled" ? "exception" : "normal"}
        strokeColor={handOut.state === "cancelled" ? "var(--bad)" : "var(--accent)"}
        aria-label={say("progress")}
      />
      <p className="hand-out-told numbers">
        <span>{say("looked", { next: count(next), total: count(total) })}</span>
        {isUnderWay(handOut) && (
          <>
            <span>{pace === undefined ? say("measuring") : say("pace", { pace: count(Math.round(pace)) })}</span>
            <span>{left !== undefined && say("left", { time: spanOf(left) })}</span>
          </>
        )}
      </p>
      {isUnderWay(handOut) && <p className="aside">{say("leave")}</p>}
    </div>
  );
}

function usePace(next: number, readAt: number): number | undefined {
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  useEffect(() => setSamples((before) => withSample(before, { at: readAt, next })), [next, readAt]);
  return paceOf(samples);
}
