import type { CouponToAdd } from "@quanku/sdk";
import { useState } from "react";
import { useChange } from "../../data/calls.ts";
import { useAppid } from "../../data/session.ts";
import type { CouponDocument } from "../../parts/coupon-terms.ts";
import { useAddresses, useGo } from "../../ui/link.tsx";

/** How saving goes. */
export type Saving = {
  save(andActivate: boolean): void;
  running: "save" | "activate" | undefined;
  error: unknown;
  /** Whether it was saved as a draft, and failed to be activated. */
  isHalfDone: boolean;
};

/**
 * Saves a coupon as a draft, or has one take a draft's place, and activates it if wished; then leads to its page. Where that
 * fails everything stays; what was added before it failed is told to `kept`, for the next time replaces it.
 */
export function useSaving({
  coupon,
  isSaved,
  mayGo,
  kept,
  done,
  stayed,
}: {
  coupon: CouponDocument;
  isSaved: boolean;
  /** Whether nothing is known that the server would refuse it for. */
  mayGo: () => boolean;
  kept: () => void;
  done: () => void;
  /** Called where this page is shown again, for somebody came back to it on the way to the coupon's. */
  stayed: () => void;
}): Saving {
  const appid = useAppid();
  const to = useAddresses();
  const go = useGo();
  const add = useChange("addCoupon");
  const replace = useChange("replaceCoupon");
  const activate = useChange("activateCoupon");
  const [state, setState] = useState<Pick<Saving, "running" | "error" | "isHalfDone">>(resting);
  const run = async (andActivate: boolean) => {
    // The server judges whether it is one.
    const whole = coupon as unknown as CouponToAdd;
    const of = { appid, out_coupon_id: whole.out_coupon_id };
    let isThere = false;
    setState({ ...resting, running: andActivate ? "activate" : "save" });
    try {
      await (isSaved ? replace.mutateAsync({ ...of, coupon: whole }) : add.mutateAsync({ appid, coupon: whole }));
      isThere = true;
      if (andActivate) await activate.mutateAsync(of);
      done();
      await go(to.coupon(whole.out_coupon_id));
      stayed();
    } catch (error) {
      if (isThere) kept();
      setState({ running: undefined, error, isHalfDone: isThere });
    }
  };
  return {
    ...state,
    save: (andActivate) => {
      setState(resting);
      if (mayGo()) void run(andActivate);
    },
  };
}

const resting = { running: undefined, error: undefined, isHalfDone: false } as const;
