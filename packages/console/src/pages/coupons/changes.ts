import type { AdminError, AdminInputs, CouponReply, ListCouponsReply, OperatedCoupon } from "@quanku/sdk/admin";
import type { InfiniteData, UseMutationResult } from "@tanstack/react-query";
import { useChange } from "../../data/calls.ts";
import { queries } from "../../data/queries.ts";
import { useAppid } from "../../data/session.ts";

type Step = "activateCoupon" | "expireCoupon" | "voidCoupon" | "pauseCoupon" | "resumeCoupon" | "restockCoupon";

/** Makes a call that changes a coupon, and shows the coupon that it answers at once in lists however long they are. */
export function useCouponChange<Name extends Step>(name: Name) {
  const change: UseMutationResult<CouponReply, AdminError, AdminInputs[Name]> = useChange(name);
  return {
    ...change,
    run: async (input: AdminInputs[Name]) => showChanged((await change.mutateAsync(input)).coupon),
  };
}

/** Whether claims of a coupon are open, changed. */
export function usePause() {
  const appid = useAppid();
  const pause = useCouponChange("pauseCoupon");
  const resume = useCouponChange("resumeCoupon");
  return {
    isPending: pause.isPending || resume.isPending,
    set: (out_coupon_id: string, paused: boolean) => (paused ? pause : resume).run({ appid, out_coupon_id }),
  };
}

function showChanged(changed: OperatedCoupon): void {
  const { appid, out_coupon_id } = changed.coupon;
  const isIt = ({ coupon }: OperatedCoupon) => coupon.appid === appid && coupon.out_coupon_id === out_coupon_id;
  queries.setQueriesData<InfiniteData<ListCouponsReply>>({ queryKey: ["listCoupons"] }, (list) =>
    list?.pages === undefined
      ? list
      : { ...list, pages: list.pages.map((page) => (page.entries.some(isIt) ? replaced(page) : page)) },
  );
  function replaced(page: ListCouponsReply): ListCouponsReply {
    return { ...page, entries: page.entries.map((entry) => (isIt(entry) ? changed : entry)) };
  }
}
