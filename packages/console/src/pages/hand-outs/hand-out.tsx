import type { HandOut } from "@quanku/sdk/admin";
import { useEffect, useState } from "react";
import { useCall, useChange } from "../../data/calls.ts";
import { client } from "../../data/client.ts";
import { useAppid, useNamed } from "../../data/session.ts";
import { CouponLink, useCouponWords } from "../../parts/links.tsx";
import { Who } from "../../parts/who.tsx";
import { Act } from "../../ui/allowed.tsx";
import { count } from "../../ui/amounts.ts";
import { Confirm } from "../../ui/confirm.tsx";
import { Fault } from "../../ui/fault.tsx";
import { useAddresses, useGo } from "../../ui/link.tsx";
import { Loaded, Page, Section } from "../../ui/page.tsx";
import { Save } from "../../ui/save.tsx";
import { TimeAndDistance } from "../../ui/time.tsx";
import { useWords } from "../../words/table.ts";
import { dropDraft } from "./draft.ts";
import { FirstLines } from "./first-lines.tsx";
import { HandOutProgress } from "./hand-out-progress.tsx";
import { Outcome } from "./outcome.tsx";
import { HandOutState, HandOutSteps, isUnderWay } from "./states.tsx";
import { words } from "./words.ts";
import "./hand-outs.css";

/** How often one that goes on is looked at, in milliseconds. */
const OFTEN = 1000;

/** One hand-out, from its dry run to its result; where it is, its address finds it again. */
export function HandOutPage() {
  const say = useWords(words);
  const appid = useAppid();
  const id = useNamed("handOut");
  const [isOpen, setOpen] = useState(true);
  const shown = useCall("showHandOut", { appid, hand_out: id }, isOpen ? { every: OFTEN } : {});
  const handOut = shown.data?.hand_out;
  const { name } = useCouponWords(handOut?.out_coupon_id ?? "");
  const goesOn = handOut === undefined || isUnderWay(handOut);
  useEffect(() => setOpen(goesOn && !shown.isError), [goesOn, shown.isError]);
  return (
    <Page
      title={name === "" ? say("title") : say("titleOf", { coupon: name })}
      about={<code>{id}</code>}
      actions={handOut && <Actions handOut={handOut} />}
    >
      <Loaded of={shown}>
        {({ hand_out }) => (
          <>
            <HandOutSteps at={stepOf(hand_out)} />
            <Section title={say("progress")} aside={<HandOutState state={hand_out.state} />}>
              <p className="hand-out-told">
                <CouponLink id={hand_out.out_coupon_id} worth />
                <Who by={hand_out.by} />
                <span>
                  <TimeAndDistance seconds={hand_out.create_time} />
                </span>
              </p>
              <HandOutProgress handOut={hand_out} readAt={shown.dataUpdatedAt} />
            </Section>
            <Outcome handOut={hand_out} />
            <FirstLines handOut={hand_out} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

const stepOf = ({ state, dry_run }: HandOut): 1 | 2 | 3 =>
  state === "done" || (state === "cancelled" && !dry_run) ? 3 : state === "running" ? 2 : 1;

function Actions({ handOut }: { handOut: HandOut }) {
  const to = useAddresses();
  const say = useWords(words);
  const appid = useAppid();
  const go = useGo();
  const start = useChange("startHandOut");
  const [isCancelling, setCancelling] = useState(false);
  const { hand_out, state, given, out_coupon_id } = handOut;
  const again = () => go(to.newHandOut, { coupon: out_coupon_id });
  const isOver = state === "done" || state === "cancelled";
  return (
    <>
      {state === "checked" && (
        <Act
          type="primary"
          loading={start.isPending}
          why={given === 0 ? say("nobody") : undefined}
          onClick={() => start.mutate({ appid, hand_out }, { onSuccess: () => dropDraft(appid, hand_out) })}
        >
          {say("go", { count: given, amount: count(given) })}
        </Act>
      )}
      {!isOver && (
        <Act danger onClick={() => setCancelling(true)}>
          {say("cancel")}
        </Act>
      )}
      {state !== "running" && <Act onClick={again}>{say("again")}</Act>}
      {handOut.next > 0 && (
        <Save
          label={say("download")}
          name={`hand-out-${hand_out}.csv`}
          fetch={() => client.listHandOutResults({ appid, hand_out })}
        />
      )}
      {isCancelling && <Cancel handOut={handOut} close={() => setCancelling(false)} />}
      <Fault error={start.error} />
    </>
  );
}

function Cancel({ handOut: { hand_out, state, total, next }, close }: { handOut: HandOut; close: () => void }) {
  const say = useWords(words);
  const appid = useAppid();
  const cancel = useChange("cancelHandOut");
  const does =
    state === "running"
      ? say("cancelRunning", { count: total - next, amount: count(total - next) })
      : say("cancelChecked");
  return (
    <Confirm title={say("cancelTitle")} does={does} run={() => cancel.mutateAsync({ appid, hand_out })} close={close}>
      <p>{say("cancelAbout")}</p>
    </Confirm>
  );
}
