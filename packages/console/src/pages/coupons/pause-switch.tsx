import type { OperatedCoupon } from "@quanku/sdk/admin";
import { Switch, Tooltip } from "antd";
import { useState } from "react";
import { useMay } from "../../data/session.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Fault } from "../../ui/fault.tsx";
import { common } from "../../ui/words.ts";
import { useWords } from "../../words/table.ts";
import { actionWords } from "./action-words.ts";
import { usePause } from "./changes.ts";
import { whyNot } from "./possible.ts";
import { words } from "./words.ts";

/** Opens a coupon to claims and pauses them. Neither asks first: the other undoes it. */
export function PauseSwitch({ coupon }: { coupon: OperatedCoupon }) {
  const say = useWords(words);
  const sayCommon = useWords(common);
  const sayAction = useWords(actionWords);
  const may = useMay("manager");
  const { isPending, set } = usePause();
  const [error, setError] = useState<unknown>();
  const { coupon: wire, paused, name, status } = coupon;
  const reason = whyNot(paused ? "resume" : "pause", coupon);
  const why = !may ? sayCommon("notAllowed") : reason && sayAction(reason);
  return (
    <>
      <Tooltip title={why}>
        <Switch
          aria-label={say("openOf", { name: name || wire.out_coupon_id })}
          aria-description={why}
          checked={status === "active" && !paused}
          disabled={why !== undefined}
          loading={isPending}
          onChange={(isOpen) => void set(wire.out_coupon_id, !isOpen).catch(setError)}
        />
      </Tooltip>
      {error !== undefined && (
        <Dialog title={say("notPaused")} close={() => setError(undefined)}>
          <Fault error={error} />
        </Dialog>
      )}
    </>
  );
}
