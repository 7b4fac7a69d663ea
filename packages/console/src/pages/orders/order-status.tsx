import type { ShowOrderReply } from "@quanku/sdk/admin";
import { useNow } from "../../data/clock.ts";
import { Dot } from "../../ui/status.tsx";
import { useWords } from "../../words/table.ts";
import { words } from "./words.ts";

/** An order as the operators' calls show it. */
export type Order = ShowOrderReply["order"];

/** The state of an order: of one that is locked whether it still is, of a redeemed one whether something came back. */
export function OrderStatus({ of: { status, lines, lock_end_time } }: { of: Order }) {
  const say = useWords(words);
  const now = useNow();
  if (status === "locked")
    return now > (lock_end_time ?? 0) ? (
      <Dot tone="plain">{say("lapsed")}</Dot>
    ) : (
      <Dot tone="soon">{say("locked")}</Dot>
    );
  if (status === "returned") return <Dot tone="plain">{say("returned")}</Dot>;
  const isPartly = lines.some(({ returned }) => returned > 0);
  return <Dot tone="good">{say(isPartly ? "partly" : "redeemed")}</Dot>;
}
