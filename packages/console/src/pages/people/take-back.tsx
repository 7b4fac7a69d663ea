import type { HeldCoupon } from "@quanku/sdk/admin";
import type { ButtonProps } from "antd";
import { useChange } from "../../data/calls.ts";
import { useNow } from "../../data/clock.ts";
import { useAppid } from "../../data/session.ts";
import { isLocked } from "../../parts/held-status.tsx";
import { useCouponWords } from "../../parts/links.tsx";
import { Act } from "../../ui/allowed.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { useWords } from "../../words/table.ts";
import { words } from "./words.ts";

/** A button that asks to take a user coupon back, or says why that is not possible. */
export function TakeBack({ of, size, ask }: { of: HeldCoupon; size?: ButtonProps["size"]; ask: () => void }) {
  const say = useWords(words);
  const now = useNow();
  const locked = isLocked(of, now) ? say("lockedFor", { order: of.out_order_id ?? "" }) : undefined;
  return (
    <Act danger {...(size && { size })} why={of.status === "effective" ? locked : say("onlyUsable")} onClick={ask}>
      {say("takeBack")}
    </Act>
  );
}

type Taken = { of: HeldCoupon; close: () => void };

/** Says what follows where a user coupon is taken back, and takes it. */
export function ConfirmTakeBack({ of: { openid, out_coupon_id, out_user_coupon_id }, close }: Taken) {
  const say = useWords(words);
  const appid = useAppid();
  const takeBack = useChange("takeBack");
  const { name, words: worth } = useCouponWords(out_coupon_id);
  return (
    <Confirm
      title={say("takeBackTitle", { coupon: name })}
      does={say("takeBackDoes")}
      run={() => takeBack.mutateAsync({ appid, out_coupon_id, out_user_coupon_id })}
      close={close}
    >
      <p>
        {worth} <code>{out_user_coupon_id}</code>
      </p>
      <p>{say("takeBackAbout", { openid })}</p>
    </Confirm>
  );
}
