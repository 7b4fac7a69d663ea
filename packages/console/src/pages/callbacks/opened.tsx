import { CloseOutlined } from "@ant-design/icons";
import type { CallbackAttempt } from "@quanku/sdk/admin";
import { Button } from "antd";
import { useEffect, useRef } from "react";
import { useChange } from "../../data/calls.ts";
import { Act } from "../../ui/allowed.tsx";
import { Fault } from "../../ui/fault.tsx";
import { PageLink, useAddresses } from "../../ui/link.tsx";
import { Loaded } from "../../ui/page.tsx";
import { Dot } from "../../ui/status.tsx";
import { Time } from "../../ui/time.tsx";
import { common } from "../../ui/words.ts";
import { useWords } from "../../words/table.ts";
import { Answered } from "./answered.tsx";
import { remember, toneOf, useAttempt } from "./attempts.ts";
import { Expected } from "./expected.tsx";
import { Sent } from "./sent.tsx";
import { words } from "./words.ts";

type Given = {
  appid: string;
  callback: string;
  /** The attempt, if the list that is shown has it. */
  known: CallbackAttempt | undefined;
  open: (callback: string | undefined) => void;
};

/** One attempt: what was sent, what was answered, and what should have been. */
export function OpenedAttempt({ appid, callback, known, open }: Given) {
  const say = useWords(words);
  const attempt = useAttempt(appid, callback, known);
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    place.current?.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <section ref={place} className="section lab-attempt" aria-label={say("opened", { callback, purpose: "" })}>
      <Loaded of={attempt}>
        {(one) =>
          one === null ? (
            <NotKept callback={callback} close={() => open(undefined)} />
          ) : (
            <Shown attempt={one} appid={appid} open={open} />
          )
        }
      </Loaded>
    </section>
  );
}

function NotKept({ callback, close }: { callback: string; close: () => void }) {
  const say = useWords(words);
  const sayCommon = useWords(common);
  return (
    <p className="empty">
      {say("notKept", { callback })} <Button onClick={close}>{sayCommon("close")}</Button>
    </p>
  );
}

function Shown({ attempt, appid, open }: { attempt: CallbackAttempt; appid: string; open: Given["open"] }) {
  const say = useWords(words);
  const sayCommon = useWords(common);
  const resend = useChange("resendCallback");
  const again = () =>
    resend.mutate(
      { appid, callback: attempt.callback },
      {
        onSuccess: ({ callback }) => {
          remember(appid, callback);
          open(callback.callback);
        },
      },
    );
  return (
    <>
      <div className="section-head">
        <div>
          <h2>{say("opened", { callback: attempt.callback, purpose: say(`purpose_${attempt.purpose}`) })}</h2>
          <p className="aside">
            <Dot tone={toneOf(attempt)}>{say(`verdict_${attempt.verdict}`)}</Dot> ·{" "}
            <Time seconds={Math.floor(attempt.time_ms / 1000)} exact /> ·{" "}
            <span className="numbers">{say("milliseconds", { milliseconds: attempt.milliseconds })}</span>
            {attempt.fault !== null && (
              <>
                {" "}
                · <code>{attempt.fault}</code>
              </>
            )}
          </p>
          <Claimed attempt={attempt} />
        </div>
        <div className="page-actions">
          <Act loading={resend.isPending} onClick={again}>
            {say("resend")}
          </Act>
          <Button
            type="text"
            icon={<CloseOutlined />}
            aria-label={sayCommon("close")}
            onClick={() => open(undefined)}
          />
        </div>
      </div>
      <Fault error={resend.error} />
      <div className="lab-columns">
        <Sent attempt={attempt} appid={appid} />
        <Answered attempt={attempt} />
        <Expected attempt={attempt} />
      </div>
    </>
  );
}

/** Who claimed which coupon, where it is a claim and no test. */
function Claimed({ attempt: { purpose, openid, out_coupon_id } }: { attempt: CallbackAttempt }) {
  const to = useAddresses();
  if (purpose !== "claim" && purpose !== "resend") return null;
  return (
    <p className="aside">
      <PageLink to={to.person(openid)}>{openid}</PageLink> ·{" "}
      <PageLink to={to.coupon(out_coupon_id)}>{out_coupon_id}</PageLink>
    </p>
  );
}
