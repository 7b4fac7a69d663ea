import type { HeldCoupon } from "@quanku/sdk/admin";
import { useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useCall, usePages } from "../../data/calls.ts";
import { useAppid } from "../../data/session.ts";
import { HeldStatus } from "../../parts/held-status.tsx";
import { History } from "../../parts/history.tsx";
import { CouponLink, OrderLink, PersonLink, useCouponWords } from "../../parts/links.tsx";
import { Copy } from "../../ui/copy.tsx";
import { Loaded, Page, Section } from "../../ui/page.tsx";
import { TimeAndDistance } from "../../ui/time.tsx";
import { useWords } from "../../words/table.ts";
import { TakeBack } from "./take-back.tsx";
import { words } from "./words.ts";
import "./people.css";

/** One user coupon: whose it is, what it is worth, when it can be used, and what became of it. */
export function UserCouponPage() {
  const say = useWords(words);
  const appid = useAppid();
  const { couponId = "", userCouponId = "" } = useParams({ strict: false }) as Record<string, string | undefined>;
  const named = { appid, out_coupon_id: couponId, out_user_coupon_id: userCouponId };
  const shown = useCall("showUserCoupon", named);
  const history = usePages("listUserCouponHistory", named);
  const held = shown.data?.user_coupon;
  return (
    <Page
      title={say("userCoupon")}
      about={
        <>
          <code>{userCouponId}</code> <Copy text={userCouponId} />
        </>
      }
      actions={held && <TakeBack of={held} />}
    >
      <Section title={say("facts")}>
        <Loaded of={shown}>{({ user_coupon }) => <Facts of={user_coupon} />}</Loaded>
      </Section>
      {held && (
        <Section title={say("history")}>
          <History pages={history} />
        </Section>
      )}
    </Page>
  );
}

function Facts({ of }: { of: HeldCoupon }) {
  const say = useWords(words);
  const { words: worth } = useCouponWords(of.out_coupon_id);
  return (
    <dl className="facts-of">
      <Fact name={say("coupon")}>
        <CouponLink id={of.out_coupon_id} />
      </Fact>
      <Fact name={say("worth")}>{worth}</Fact>
      <Fact name={say("person")}>
        <PersonLink openid={of.openid} />
      </Fact>
      <Fact name={say("status")}>
        <HeldStatus of={of} />
      </Fact>
      <Moment name={say("received")} at={of.receive_time} />
      <Moment name={say("usableFrom")} at={of.start_time} never={say("anyTime")} />
      <Moment name={say("usableUntil")} at={of.end_time} never={say("forEver")} />
      {of.use_time !== null && <Moment name={say("usedAt")} at={of.use_time} />}
      {of.lock_end_time !== null && <Moment name={say("lockedUntil")} at={of.lock_end_time} />}
      {of.out_order_id !== null && (
        <Fact name={say("order")}>
          <OrderLink id={of.out_order_id} />
        </Fact>
      )}
      <Moment name={say("recorded")} at={of.create_time} />
      <Moment name={say("changed")} at={of.update_time} />
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A time; where it is 0 what that means. */
const Moment = ({ name, at, never = "" }: { name: string; at: number; never?: string }) => (
  <Fact name={name}>{at === 0 ? never : <TimeAndDistance seconds={at} />}</Fact>
);
