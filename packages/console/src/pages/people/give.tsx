import { AdminError, type UserCouponReply } from "@quanku/sdk/admin";
import { Alert, App, Button } from "antd";
import { useId, useState } from "react";
import { useChange } from "../../data/calls.ts";
import { useAppid } from "../../data/session.ts";
import { CouponPicker } from "../../parts/coupon-picker.tsx";
import { useCouponWords } from "../../parts/links.tsx";
import { reasons, reasonText } from "../../parts/reasons.ts";
import { newRequestId } from "../../parts/request-id.ts";
import { Act } from "../../ui/allowed.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Fault } from "../../ui/fault.tsx";
import { hasWord, useWords } from "../../words/table.ts";
import { words } from "./words.ts";

/** Gives a person one of a coupon. An attempt whose answer was lost is made again under the same id, and gives no second one. */
export function Give({ openid, close }: { openid: string; close: () => void }) {
  const say = useWords(words);
  const appid = useAppid();
  const field = useId();
  const { message } = App.useApp();
  const [couponId, setCouponId] = useState<string>();
  const [requestId, setRequestId] = useState(newRequestId);
  const { words: worth } = useCouponWords(couponId ?? "");
  const give = useChange("give");
  const choose = (next: string | undefined) => {
    setCouponId(next);
    setRequestId(newRequestId());
    give.reset();
  };
  const onSuccess = ({ user_coupon: { out_user_coupon_id: id } }: UserCouponReply) => {
    void message.success(say("given", { id }));
    close();
  };
  return (
    <Dialog
      title={say("giveTo", { openid })}
      close={close}
      footer={
        <>
          <Button onClick={close}>{say("cancel")}</Button>
          <Act
            type="primary"
            loading={give.isPending}
            why={couponId === undefined ? say("chooseFirst") : undefined}
            onClick={() =>
              give.mutate({ appid, openid, out_coupon_id: couponId ?? "", request_id: requestId }, { onSuccess })
            }
          >
            {say("giveNow")}
          </Act>
        </>
      }
    >
      <div className="stacked">
        <label htmlFor={field}>{say("coupon")}</label>
        <CouponPicker id={field} value={couponId} onlyActive onChange={choose} />
        <p className="aside">{worth}</p>
      </div>
      <p className="aside">{say("giveRule")}</p>
      <Refused error={give.error} />
    </Dialog>
  );
}

/** Why somebody is not given one: in our words where it is a rule of the coupon, else as the server says it. */
function Refused({ error }: { error: unknown }) {
  const say = useWords(reasons);
  if (error instanceof AdminError && hasWord(reasons, error.code))
    return <Alert type="error" showIcon role="alert" title={reasonText(say, error.code)} description={error.detail} />;
  return <Fault error={error} />;
}
