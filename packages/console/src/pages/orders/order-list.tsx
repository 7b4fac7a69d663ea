import { Button, Segmented } from "antd";
import { usePages } from "../../data/calls.ts";
import { useAppid } from "../../data/session.ts";
import { CouponLink, OrderLink, PersonLink } from "../../parts/links.tsx";
import { yuan } from "../../ui/amounts.ts";
import { useAddresses, useGo } from "../../ui/link.tsx";
import { Section } from "../../ui/page.tsx";
import { type Column, Rows } from "../../ui/rows.tsx";
import { Time } from "../../ui/time.tsx";
import { useUrlState } from "../../ui/url-state.ts";
import { useWords } from "../../words/table.ts";
import { type Order, OrderStatus } from "./order-status.tsx";
import { words } from "./words.ts";

const statuses = ["locked", "redeemed", "returned"] as const;

/** The app's orders, those recorded last first: of everybody, or of the person that the address names. */
export function OrderList() {
  const say = useWords(words);
  const appid = useAppid();
  const to = useAddresses();
  const go = useGo();
  const [{ status: asked, openid }, setUrl] = useUrlState<"status" | "openid">();
  const status = statuses.find((one) => one === asked);
  const pages = usePages("listOrders", { appid, ...(status && { status }), ...(openid !== undefined && { openid }) });
  const open = ({ out_order_id }: Order) => go(to.order(out_order_id));
  return (
    <Section
      title={openid === undefined ? say("list") : say("listOf", { openid })}
      aside={openid !== undefined && <Button onClick={() => setUrl({ openid: undefined })}>{say("everybody")}</Button>}
    >
      <div className="filters">
        <Segmented<string>
          aria-label={say("status")}
          value={status ?? ""}
          onChange={(next) => setUrl({ status: next })}
          options={[{ value: "", label: say("all") }, ...statuses.map((one) => ({ value: one, label: say(one) }))]}
        />
      </div>
      <Rows
        label={say("title")}
        pages={pages}
        columns={useColumns()}
        rowKey={({ out_order_id }) => out_order_id}
        onOpen={open}
        empty={<p>{say(status === undefined && openid === undefined ? "none" : "noSuch")}</p>}
      />
    </Section>
  );
}

function useColumns(): Column<Order>[] {
  const say = useWords(words);
  return [
    {
      key: "id",
      title: say("search"),
      width: "minmax(120px, 2fr)",
      cell: ({ out_order_id }) => <OrderLink id={out_order_id} />,
    },
    { key: "status", title: say("status"), width: "150px", cell: (order) => <OrderStatus of={order} /> },
    {
      key: "person",
      title: say("person"),
      width: "minmax(100px, 2fr)",
      cell: ({ openid }) => <PersonLink openid={openid} />,
    },
    {
      key: "coupons",
      title: say("coupons"),
      width: "minmax(100px, 2fr)",
      cell: ({ user_coupons }) => (
        <span className="order-coupons">
          {user_coupons.map(({ out_coupon_id, out_user_coupon_id }) => (
            <CouponLink key={out_coupon_id + out_user_coupon_id} id={out_coupon_id} />
          ))}
        </span>
      ),
    },
    { key: "discount", title: say("discount"), width: "100px", align: "end", cell: ({ discount }) => yuan(-discount) },
    { key: "payable", title: say("payable"), width: "110px", align: "end", cell: ({ payable }) => yuan(payable) },
    {
      key: "time",
      title: say("usedAt"),
      width: "150px",
      cell: ({ use_time }) => use_time !== undefined && <Time seconds={use_time} />,
    },
  ];
}
