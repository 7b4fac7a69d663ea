import type { CartLine } from "@quanku/sdk";
import { useEffect, useState } from "react";
import { useCall } from "../../data/calls.ts";
import type { CouponDocument } from "../../parts/coupon-terms.ts";

/** How long somebody has to pause before what is typed is checked, in milliseconds. */
const PAUSE = 300;

type Asked = { appid: string; coupon: CouponDocument; lines: CartLine[]; replaces: boolean };

/** What the server says of a coupon that is being written: its faults, its words, and what it takes off a cart. */
export function usePreview({ lines, coupon, ...asked }: Asked, enabled: boolean) {
  const [input, isSettled] = useSettled({ ...asked, coupon: { ...coupon }, ...(lines.length > 0 && { lines }) });
  const { data, error, refetch, isPlaceholderData } = useCall("previewCoupon", input, { enabled, keeps: true });
  return {
    preview: enabled ? data?.preview : undefined,
    error,
    again: () => void refetch(),
    /** Whether it is of what stands there now. */
    isCurrent: isSettled && !isPlaceholderData && data !== undefined,
  };
}
export type Preview = NonNullable<ReturnType<typeof usePreview>["preview"]>;

/** A value once it was the same for a while, and whether it is the one that was given. */
function useSettled<Value>(value: Value): [Value, boolean] {
  const text = JSON.stringify(value);
  const [settled, settle] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => settle(text), PAUSE);
    return () => clearTimeout(timer);
  }, [text]);
  return [JSON.parse(settled) as Value, settled === text];
}
