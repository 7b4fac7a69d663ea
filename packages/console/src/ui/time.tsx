import { Tooltip } from "antd";
import { useNow } from "../data/clock.ts";
import { minuteOf, relativeTo, secondOf, ZONE_NAME } from "./shop-time.ts";

/** A time in the shop's zone, which is named on hover. `seconds` are Unix seconds. */
export function Time({ seconds, exact = false }: { seconds: number; exact?: boolean }) {
  return (
    <Tooltip title={`${secondOf(seconds)} ${ZONE_NAME}`}>
      <time className="numbers" dateTime={new Date(seconds * 1000).toISOString()}>
        {exact ? secondOf(seconds) : minuteOf(seconds)}
      </time>
    </Tooltip>
  );
}

/** A time, and how far it is from the app's own now. */
export function TimeAndDistance({ seconds }: { seconds: number }) {
  const now = useNow();
  return (
    <>
      <Time seconds={seconds} /> <span className="aside">{relativeTo(seconds, now)}</span>
    </>
  );
}
