import type { HeldCoupon } from "@quanku/sdk/admin";
import { useState } from "react";
import { useCall, usePages } from "../../data/calls.ts";
import { useAppid, useNamed } from "../../data/session.ts";
import { HeldStatus } from "../../parts/held-status.tsx";
import { History } from "../../parts/history.tsx";
import { CouponLink, OrderLink, PersonLink, useCouponWords } from "../../parts/links.tsx";
import { Copy } from "../../ui/copy.tsx";
import { type Fact, Facts } from "../../ui/facts.tsx";
import { Loaded, Page, Section } from "../../ui/page.tsx";
import { TimeAndDistance } from "../../ui/time.tsx";
import { useWords } from "../../words/table.ts";
import { ConfirmTakeBack, TakeBack } from "./take-back.tsx";
import { words } from "./words.ts";
import "./people.css";

/** One user coupon: whose it is, what it is worth, when it can be used, and what became of it. */
export function UserCouponPage() {
  const say = useWords(words);
  const appid = useAppid();
  const couponId = useNamed("couponId");
  const userCouponId = useNamed("userCouponId");
  const named = { appid, out_coupon_id: couponId, out_user_coupon_id: userCouponId };
  const shown = useCall("showUserCoupon", named);
  const history = usePages("listUserCouponHistory", named);
  const held = shown.data?.user_coupon;
  const [isAsking, setAsking] = useState(false);
  return (
    <Page
      title={say("userCoupon")}
      about={
        <>
          <code>{userCouponId}</code> <Copy text={userCouponId} />
        </>
      }
      actions={held && <TakeBack of={held} ask={() => setAsking(true)} />}
    >
      <Section title={say("facts")}>
        <Loaded of={shown}>{({ user_coupon }) => <Known of={user_coupon} />}</Loaded>
      </Section>
      {held && (
        <Section title={say("history")}>
          <History pages={history} />
        </Section>
      )}
      {held && isAsking && <ConfirmTakeBack of={held} close={() => setAsking(false)} />}
    </Page>
  );
}

function Known({ of }: { of: HeldCoupon }) {
  const say = useWords(words);
  const { words: worth } = useCouponWords(of.out_coupon_id);
  const facts: (Fact | false)[] = [
    { name: say("coupon"), value: <CouponLink id={of.out_coupon_id} /> },
    { name: say("worth"), value: worth },
    { name: say("person"), value: <PersonLink openid={of.openid} /> },
    { name: say("status"), value: <HeldStatus of={of} /> },
    { name: say("received"), value: timeOf(of.receive_time) },
    { name: say("usableFrom"), value: of.start_time === 0 ? say("anyTime") : timeOf(of.start_time) },
    { name: say("usableUntil"), value: of.end_time === 0 ? say("forEver") : timeOf(of.end_time) },
    of.use_time !== null && { name: say("usedAt"), value: timeOf(of.use_time) },
    of.lock_end_time !== null && { name: say("lockedUntil"), value: timeOf(of.lock_end_time) },
    of.out_order_id !== null && { name: say("order"), value: <OrderLink id={of.out_order_id} /> },
    { name: say("recorded"), value: timeOf(of.create_time) },
    { name: say("changed"), value: timeOf(of.update_time) },
  ];
  return <Facts facts={facts.filter((fact) => fact !== false)} />;
}

const timeOf = (seconds: number) => <TimeAndDistance seconds={seconds} />;
