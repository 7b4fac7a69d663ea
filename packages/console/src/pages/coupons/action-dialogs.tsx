import type { OperatedCoupon } from "@quanku/sdk/admin";
import { Alert, Skeleton } from "antd";
import type { ReactNode } from "react";
import { useNow } from "../../data/clock.ts";
import { claimsAt } from "../../parts/coupon-ends.ts";
import { count } from "../../ui/amounts.ts";
import { Confirm } from "../../ui/confirm.tsx";
import { useWords } from "../../words/table.ts";
import { actionWords } from "./action-words.ts";
import { useCouponChange } from "./changes.ts";
import { useLifetime } from "./lifetime.ts";
import { heldOf, totalsOf, usedNow } from "./totals.ts";

/** What every dialog about a coupon is given. */
export type Asking = { coupon: OperatedCoupon; close: () => void };

const namesOf = ({ coupon: { appid, out_coupon_id }, name }: OperatedCoupon) => ({
  input: { appid, out_coupon_id },
  name: name || out_coupon_id,
});

/** Before a draft is activated: what cannot be changed from then on, and what can. */
export function ActivateDialog({ coupon, close }: Asking) {
  const say = useWords(actionWords);
  const { run } = useCouponChange("activateCoupon");
  const { input, name } = namesOf(coupon);
  const state = claimsAt(coupon, useNow());
  return (
    <Confirm
      title={say("activateTitle", { name })}
      does={say("activateDoes", { number: count(coupon.coupon.coupon_info.receive_info.total_num) })}
      calm
      run={() => run(input)}
      close={close}
    >
      {state === "over" ? (
        <Alert type="warning" showIcon title={say("activateOver")} />
      ) : (
        <p>{say(state === "notYet" ? "activateNotYet" : "activateNow")}</p>
      )}
      <dl className="follows">
        <dt>{say("fixes")}</dt>
        <dd>{say("fixesWhat")}</dd>
        <dt>{say("stays")}</dt>
        <dd>{say("staysWhat")}</dd>
      </dl>
    </Confirm>
  );
}

/** Before an active coupon is expired: who keeps what. */
export function ExpireDialog({ coupon, close }: Asking) {
  const say = useWords(actionWords);
  const { run } = useCouponChange("expireCoupon");
  const { input, name } = namesOf(coupon);
  const holding = useHolding(coupon);
  return (
    <Confirm
      title={say("expireTitle", { name })}
      does={say("expireDoes", { left: count(coupon.stock?.remaining ?? 0) })}
      typed={input.out_coupon_id}
      run={() => run(input)}
      close={close}
    >
      <Follows of={holding}>{(told) => <li>{say("expireHeld", told)}</li>}</Follows>
    </Confirm>
  );
}

/** Before an active coupon is voided: how many of those who hold one lose it. */
export function VoidDialog({ coupon, close }: Asking) {
  const say = useWords(actionWords);
  const { run } = useCouponChange("voidCoupon");
  const { input, name } = namesOf(coupon);
  const holding = useHolding(coupon);
  const does = !holding ? say("void") : holding.held === "0" ? say("voidDoesNone") : say("voidDoes", holding);
  return (
    <Confirm
      title={say("voidTitle", { name })}
      does={does}
      typed={input.out_coupon_id}
      run={() => run(input)}
      close={close}
    >
      <Follows of={holding}>
        {(told) => (
          <>
            <li>{say("voidHeld", told)}</li>
            <li>{say("voidLeft", told)}</li>
            <li>{say("voidUsed", told)}</li>
            <li>{say("gentler")}</li>
          </>
        )}
      </Follows>
    </Confirm>
  );
}

type Holding = { held: string; left: string; used: string; about: string };

/** How many people have of a coupon, as sentences take it; undefined until it is known. */
function useHolding({ coupon, stock }: OperatedCoupon): Holding | undefined {
  const say = useWords(actionWords);
  const { data } = useLifetime(coupon.out_coupon_id);
  if (!data) return undefined;
  const totals = totalsOf(data.entries);
  const { held, isExact } = heldOf(stock, totals);
  return {
    held: count(held),
    left: count(stock?.remaining ?? 0),
    used: count(usedNow(totals)),
    about: isExact ? "" : say("about"),
  };
}

function Follows({ of: holding, children }: { of: Holding | undefined; children: (told: Holding) => ReactNode }) {
  const say = useWords(actionWords);
  if (!holding) return <Skeleton active title={false} paragraph={{ rows: 3 }} />;
  return (
    <ul className="follows numbers">
      {children(holding)}
      {holding.about !== "" && <li>{say("inexact")}</li>}
      <li>
        <strong>{say("forGood")}</strong>
      </li>
    </ul>
  );
}
