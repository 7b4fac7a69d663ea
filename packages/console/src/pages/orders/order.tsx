import { useCall, usePages } from "../../data/calls.ts";
import { useAppid, useNamed } from "../../data/session.ts";
import { History } from "../../parts/history.tsx";
import { CouponLink, PersonLink, UserCouponLink } from "../../parts/links.tsx";
import { yuan } from "../../ui/amounts.ts";
import { Copy } from "../../ui/copy.tsx";
import { type Fact, Facts } from "../../ui/facts.tsx";
import { Loaded, Page, Section } from "../../ui/page.tsx";
import { TimeAndDistance } from "../../ui/time.tsx";
import { useWords } from "../../words/table.ts";
import { Allocation } from "./allocation.tsx";
import { type Order, OrderStatus } from "./order-status.tsx";
import { words } from "./words.ts";
import "./orders.css";

/** One order: its lines, what each coupon took off them, what is paid and came back, and its history. */
export function OrderPage() {
  const say = useWords(words);
  const appid = useAppid();
  const orderId = useNamed("orderId");
  const named = { appid, out_order_id: orderId };
  const shown = useCall("showOrder", named);
  const history = usePages("listOrderHistory", named, { enabled: shown.data !== undefined });
  return (
    <Page
      title={say("order")}
      about={
        <>
          <code>{orderId}</code> <Copy text={orderId} />
        </>
      }
    >
      <Loaded of={shown}>
        {({ order }) => (
          <>
            <Section title={say("facts")} aside={<OrderStatus of={order} />}>
              <Known order={order} />
            </Section>
            <Section title={say("lines")}>
              <Allocation order={order} />
            </Section>
            <Section title={say("coupons")}>
              <UserCoupons order={order} />
            </Section>
            <Section title={say("history")}>
              <History pages={history} />
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Known({ order }: { order: Order }) {
  const say = useWords(words);
  const { status, lock_end_time, use_time } = order;
  const facts: (Fact | false)[] = [
    { name: say("payable"), value: <strong>{yuan(order.payable)}</strong> },
    { name: say("total"), value: yuan(order.total) },
    { name: say("discount"), value: yuan(-order.discount) },
    { name: say("refunded"), value: yuan(order.refunded) },
    { name: say("person"), value: <PersonLink openid={order.openid} /> },
    status === "locked" &&
      lock_end_time !== undefined && { name: say("lockedUntil"), value: <TimeAndDistance seconds={lock_end_time} /> },
    use_time !== undefined && { name: say("usedAt"), value: <TimeAndDistance seconds={use_time} /> },
  ];
  return <Facts facts={facts.filter((fact) => fact !== false)} />;
}

function UserCoupons({ order: { user_coupons } }: { order: Order }) {
  const say = useWords(words);
  if (user_coupons.length === 0) return <p className="aside">{say("noCoupons")}</p>;
  return (
    <ul className="order-coupons">
      {user_coupons.map(({ out_coupon_id, out_user_coupon_id, discount }) => (
        <li key={out_coupon_id + out_user_coupon_id}>
          <CouponLink id={out_coupon_id} worth />
          <UserCouponLink couponId={out_coupon_id} id={out_user_coupon_id} />
          <span className="numbers">
            {say("takesOff")} {yuan(discount)}
          </span>
        </li>
      ))}
    </ul>
  );
}
