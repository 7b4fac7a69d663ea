import type { HeldCoupon } from "@quanku/sdk/admin";
import { useNow } from "../data/clock.ts";
import { Dot, Status } from "../ui/status.tsx";
import { table, useWords } from "../words/table.ts";

const words = table("heldStatus", {
  locked: { zh: "已锁定", en: "Locked" },
  past: { zh: "已过有效期", en: "No longer valid" },
  early: { zh: "未到使用时间", en: "Not valid yet" },
});

/** Whether a user coupon is kept for an order at a time. */
export const isLocked = ({ status, lock_end_time }: HeldCoupon, now: number): boolean =>
  status === "effective" && lock_end_time !== null && now <= lock_end_time;

/** The status of a user coupon, and of one that is usable why it is not now. */
export function HeldStatus({ of }: { of: HeldCoupon }) {
  const say = useWords(words);
  const now = useNow();
  const { status, start_time, end_time } = of;
  if (isLocked(of, now)) return <Dot tone="soon">{say("locked")}</Dot>;
  if (status === "effective" && end_time !== 0 && now > end_time) return <Dot tone="plain">{say("past")}</Dot>;
  if (status === "effective" && now < start_time) return <Dot tone="soon">{say("early")}</Dot>;
  return <Status of={status} />;
}
