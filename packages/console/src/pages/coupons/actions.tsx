import type { OperatedCoupon } from "@quanku/sdk/admin";
import { useState } from "react";
import { Act } from "../../ui/allowed.tsx";
import { Fault } from "../../ui/fault.tsx";
import { useAddresses, useGo } from "../../ui/link.tsx";
import { useWords } from "../../words/table.ts";
import { ActivateDialog, ExpireDialog, VoidDialog } from "./action-dialogs.tsx";
import { actionWords } from "./action-words.ts";
import { usePause } from "./changes.ts";
import { type Action, whyNot } from "./possible.ts";
import { RestockDialog } from "./restock-dialog.tsx";

const dialogs = { activate: ActivateDialog, expire: ExpireDialog, void: VoidDialog, restock: RestockDialog };
type Asked = keyof typeof dialogs;
const isAsked = (action: Action): action is Asked => Object.hasOwn(dialogs, action);

/** In which order they stand; of pausing and resuming the one that is not the case. */
const order: readonly Action[] = [
  "activate",
  "edit",
  "handOut",
  "pause",
  "resume",
  "restock",
  "prolong",
  "copy",
  "expire",
  "void",
];

/** All that can be done with a coupon; what cannot be now says why. */
export function Actions({ coupon }: { coupon: OperatedCoupon }) {
  const say = useWords(actionWords);
  const to = useAddresses();
  const go = useGo();
  const pause = usePause();
  const [asked, setAsked] = useState<Asked>();
  const [error, setError] = useState<unknown>();
  const id = coupon.coupon.out_coupon_id;
  const begin = (action: Action) => {
    setError(undefined);
    if (isAsked(action)) setAsked(action);
    else if (action === "edit") go(to.editCoupon(id));
    else if (action === "copy") go(to.newCoupon, { from: id });
    else if (action === "handOut") go(to.newHandOut, { coupon: id });
    else pause.set(id, action === "pause").catch(setError);
  };
  const Dialog = asked && dialogs[asked];
  return (
    <>
      <div className="coupon-actions">
        {order
          .filter((action) => action !== (coupon.paused ? "pause" : "resume"))
          .map((action) => {
            const reason = whyNot(action, coupon);
            return (
              <Act
                key={action}
                why={reason && say(reason)}
                type={action === "activate" && reason === undefined ? "primary" : "default"}
                danger={action === "void" || action === "expire"}
                loading={pause.isPending && (action === "pause" || action === "resume")}
                onClick={() => begin(action)}
              >
                {say(action)}
              </Act>
            );
          })}
      </div>
      <Fault error={error} />
      {Dialog && <Dialog coupon={coupon} close={() => setAsked(undefined)} />}
    </>
  );
}
