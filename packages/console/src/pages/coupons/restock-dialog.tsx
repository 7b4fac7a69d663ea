import { Button, InputNumber } from "antd";
import { useId, useState } from "react";
import { count } from "../../ui/amounts.ts";
import { Confirm } from "../../ui/confirm.tsx";
import { useWords } from "../../words/table.ts";
import type { Asking } from "./action-dialogs.tsx";
import { actionWords } from "./action-words.ts";
import { useCouponChange } from "./changes.ts";

const steps = [100, 1000, 10_000];

/** Sets how many of a coupon are left. What people claim meanwhile goes off what was there before. */
export function RestockDialog({ coupon: { coupon, name, stock }, close }: Asking) {
  const say = useWords(actionWords);
  const field = useId();
  const { run } = useCouponChange("restockCoupon");
  const { remaining = 0, claimed = 0, promised = 0 } = stock ?? {};
  const [typed, setTyped] = useState<number | null>(remaining);
  const { appid, out_coupon_id } = coupon;
  const wish = typed ?? remaining;
  return (
    <Confirm
      title={say("restockTitle", { name: name || out_coupon_id })}
      does={say("restockDoes", { number: count(wish) })}
      calm
      run={() => run({ appid, out_coupon_id, remaining: wish })}
      close={close}
    >
      <p className="numbers">
        {say("restockNow", { left: count(remaining), claimed: count(claimed) })}
        {promised > 0 && say("restockPromised", { number: count(promised) })}
      </p>
      <label className="stacked" htmlFor={field}>
        {say("restockField")}
        <InputNumber
          id={field}
          className="restock-field"
          value={typed}
          min={0}
          max={1_000_000_000}
          precision={0}
          formatter={(value) => (value === undefined ? "" : Number(value).toLocaleString("en"))}
          parser={(text) => Number((text ?? "").replace(/\D/g, ""))}
          onChange={setTyped}
        />
      </label>
      <div className="filters">
        {steps.map((step) => (
          <Button key={step} size="small" onClick={() => setTyped(wish + step)}>
            {say("restockAdd", { number: count(step) })}
          </Button>
        ))}
      </div>
    </Confirm>
  );
}
