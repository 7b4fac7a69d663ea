import type { AdminReplies, OperatedCoupon } from "@quanku/sdk/admin";
import { usePages } from "../../data/calls.ts";
import { OrderLink, PersonLink } from "../../parts/links.tsx";
import { yuan } from "../../ui/amounts.ts";
import { useAddresses, useGo } from "../../ui/link.tsx";
import { type Column, Rows } from "../../ui/rows.tsx";
import { Dot, type Tone } from "../../ui/status.tsx";
import { Time } from "../../ui/time.tsx";
import { useWords } from "../../words/table.ts";
import { pageWords } from "./page-words.ts";

type Order = AdminReplies["listCouponOrders"]["entries"][number];

const told = {
  locked: ["soon", "locked"],
  redeemed: ["good", "orderRedeemed"],
  returned: ["plain", "orderReturned"],
} as const satisfies Record<Order["status"], readonly [Tone, string]>;

/** The orders that a coupon was used on, with what it took off each. */
export function CouponOrders({ coupon: { coupon } }: { coupon: OperatedCoupon }) {
  const say = useWords(pageWords);
  const go = useGo();
  const to = useAddresses();
  const { appid, out_coupon_id } = coupon;
  return (
    <Rows
      label={say("orders")}
      pages={usePages("listCouponOrders", { appid, out_coupon_id })}
      columns={useColumns(out_coupon_id)}
      rowKey={({ out_order_id }) => out_order_id}
      onOpen={({ out_order_id }) => go(to.order(out_order_id))}
      empty={say("noOrders")}
    />
  );
}

function useColumns(id: string): Column<Order>[] {
  const say = useWords(pageWords);
  const off = ({ user_coupons }: Order) =>
    user_coupons.filter((one) => one.out_coupon_id === id).reduce((sum, { discount }) => sum + discount, 0);
  const amount = (key: string, title: string, of: (order: Order) => number): Column<Order> => ({
    key,
    title,
    width: "minmax(90px, 0.8fr)",
    align: "end",
    cell: (order) => yuan(of(order)),
  });
  return [
    {
      key: "order",
      title: say("order"),
      width: "1.5fr",
      cell: ({ out_order_id }) => <OrderLink id={out_order_id} />,
    },
    {
      key: "person",
      title: say("person"),
      width: "1.5fr",
      cell: ({ openid }) => <PersonLink openid={openid} />,
    },
    {
      key: "status",
      title: say("status"),
      width: "90px",
      cell: ({ status }) => <Dot tone={told[status][0]}>{say(told[status][1])}</Dot>,
    },
    amount("total", say("total"), ({ total }) => total),
    amount("off", say("off"), off),
    amount("payable", say("payable"), ({ payable }) => payable),
    amount("back", say("paidBack"), ({ refunded }) => refunded),
    {
      key: "when",
      title: say("when"),
      width: "150px",
      cell: ({ use_time }) => use_time && <Time seconds={use_time} />,
    },
  ];
}
