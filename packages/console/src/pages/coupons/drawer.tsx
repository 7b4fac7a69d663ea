import { useCall } from "../../data/calls.ts";
import { useNow } from "../../data/clock.ts";
import { useAppid } from "../../data/session.ts";
import { count, yuan } from "../../ui/amounts.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { PageLink, useAddresses } from "../../ui/link.tsx";
import { Loaded } from "../../ui/page.tsx";
import { dayOf } from "../../ui/shop-time.ts";
import { useWords } from "../../words/table.ts";
import { Actions } from "./actions.tsx";
import { CouponFacts } from "./facts.tsx";
import { useLifetime } from "./lifetime.ts";
import { totalsOf } from "./totals.ts";
import { words } from "./words.ts";

/** A coupon beside the list: what people look up most, and all that can be done with it. */
export function CouponDrawer({ id, close }: { id: string; close: () => void }) {
  const say = useWords(words);
  const appid = useAppid();
  const to = useAddresses();
  const shown = useCall("showCoupon", { appid, out_coupon_id: id });
  const coupon = shown.data?.coupon;
  return (
    <Dialog side title={coupon ? coupon.name || say("unnamed") : id} close={close}>
      <Loaded of={shown} rows={8}>
        {({ coupon: one }) => (
          <div className="drawer">
            <CouponFacts coupon={one} />
            {one.stock && <LastWeek id={id} />}
            <PageLink to={to.coupon(id)}>{say("openPage")}</PageLink>
            <Actions coupon={one} />
          </div>
        )}
      </Loaded>
    </Dialog>
  );
}

function LastWeek({ id }: { id: string }) {
  const say = useWords(words);
  const from = dayOf(useNow() - 6 * 86_400);
  const { data } = useLifetime(id);
  const { claimed, redeemed, discount } = totalsOf(data?.entries.filter(({ day }) => day >= from) ?? []);
  const told = { claimed: count(claimed), redeemed: count(redeemed), discount: yuan(discount) };
  return (
    <p className="numbers">
      <span className="aside">{say("week")}</span> {say("weekTold", told)}
    </p>
  );
}
