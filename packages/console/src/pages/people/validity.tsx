import type { HeldCoupon } from "@quanku/sdk/admin";
import { Time } from "../../ui/time.tsx";
import { useWords } from "../../words/table.ts";
import { words } from "./words.ts";

/** From when until when a user coupon can be used. */
export function Validity({ of: { start_time, end_time } }: { of: HeldCoupon }) {
  const say = useWords(words);
  if (start_time === 0 && end_time === 0) return say("forEver");
  return (
    <span className="span-of-time">
      {start_time !== 0 && (
        <span>
          {say("from")} <Time seconds={start_time} />
        </span>
      )}
      {end_time !== 0 && (
        <span>
          {say("until")} <Time seconds={end_time} />
        </span>
      )}
    </span>
  );
}
