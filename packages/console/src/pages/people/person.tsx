import type { HeldCoupon } from "@quanku/sdk/admin";
import { Button, Segmented } from "antd";
import { useEffect, useState } from "react";
import { usePages } from "../../data/calls.ts";
import { useAppid, useNamed } from "../../data/session.ts";
import { CouponPicker } from "../../parts/coupon-picker.tsx";
import { HeldStatus } from "../../parts/held-status.tsx";
import { CouponLink, OrderLink, UserCouponLink } from "../../parts/links.tsx";
import { Act } from "../../ui/allowed.tsx";
import { Copy } from "../../ui/copy.tsx";
import { useAddresses, useGo } from "../../ui/link.tsx";
import { Page } from "../../ui/page.tsx";
import { type Column, Rows } from "../../ui/rows.tsx";
import { Time } from "../../ui/time.tsx";
import { useUrlState } from "../../ui/url-state.ts";
import { useWords } from "../../words/table.ts";
import { Give } from "./give.tsx";
import { rememberPerson } from "./recent.ts";
import { ConfirmTakeBack, TakeBack } from "./take-back.tsx";
import { Validity } from "./validity.tsx";
import { words } from "./words.ts";
import "./people.css";

const statuses = ["effective", "used", "expired", "given_up"] as const;

/** A person's wallet, and what can be given them or taken from them. */
export function PersonPage() {
  const say = useWords(words);
  const appid = useAppid();
  const openid = useNamed("openid");
  const to = useAddresses();
  const go = useGo();
  const [{ give }, setUrl] = useUrlState<"give">();
  useEffect(() => rememberPerson(appid, openid), [appid, openid]);
  return (
    <Page
      title={say("wallet")}
      about={
        <>
          <code>{openid}</code> <Copy text={openid} />
        </>
      }
      actions={
        <>
          <Act type="primary" onClick={() => setUrl({ give: "1" })}>
            {say("give")}
          </Act>
          <Button onClick={() => go(to.orders, { openid })}>{say("orders")}</Button>
        </>
      }
    >
      <Wallet openid={openid} />
      {give !== undefined && <Give openid={openid} close={() => setUrl({ give: undefined })} />}
    </Page>
  );
}

function Wallet({ openid }: { openid: string }) {
  const say = useWords(words);
  const appid = useAppid();
  const to = useAddresses();
  const go = useGo();
  const [{ status: asked, coupon }, setUrl] = useUrlState<"status" | "coupon">();
  const status = statuses.find((one) => one === asked);
  const pages = usePages("listWallet", {
    appid,
    openid,
    ...(status && { status }),
    ...(coupon !== undefined && { out_coupon_id: coupon }),
  });
  const open = (one: HeldCoupon) => go(to.userCoupon(one.out_coupon_id, one.out_user_coupon_id));
  const [taken, setTaken] = useState<HeldCoupon>();
  const isFiltered = status !== undefined || coupon !== undefined;
  return (
    <>
      <div className="filters">
        <Segmented<string>
          aria-label={say("status")}
          value={status ?? ""}
          onChange={(next) => setUrl({ status: next })}
          options={[{ value: "", label: say("all") }, ...statuses.map((one) => ({ value: one, label: say(one) }))]}
        />
        <CouponPicker label={say("anyCoupon")} value={coupon} clearable onChange={(next) => setUrl({ coupon: next })} />
      </div>
      <Rows
        label={say("wallet")}
        pages={pages}
        columns={useColumns(setTaken)}
        rowKey={({ out_coupon_id, out_user_coupon_id }) => JSON.stringify([out_coupon_id, out_user_coupon_id])}
        onOpen={open}
        empty={<p>{say(isFiltered ? "noSuch" : "noCoupons")}</p>}
      />
      {taken && <ConfirmTakeBack of={taken} close={() => setTaken(undefined)} />}
    </>
  );
}

function useColumns(take: (held: HeldCoupon) => void): Column<HeldCoupon>[] {
  const say = useWords(words);
  return [
    {
      key: "coupon",
      title: say("coupon"),
      width: "minmax(150px, 2fr)",
      cell: ({ out_coupon_id }) => <CouponLink id={out_coupon_id} worth />,
    },
    { key: "status", title: say("status"), width: "120px", cell: (held) => <HeldStatus of={held} /> },
    { key: "validity", title: say("validity"), width: "180px", cell: (held) => <Validity of={held} /> },
    { key: "received", title: say("received"), width: "150px", cell: (held) => <Time seconds={held.receive_time} /> },
    {
      key: "id",
      title: say("userCoupon"),
      width: "minmax(120px, 1.5fr)",
      cell: ({ out_coupon_id, out_user_coupon_id }) => (
        <UserCouponLink couponId={out_coupon_id} id={out_user_coupon_id} />
      ),
    },
    {
      key: "order",
      title: say("order"),
      width: "minmax(90px, 1fr)",
      cell: ({ out_order_id }) => out_order_id !== null && <OrderLink id={out_order_id} />,
    },
    {
      key: "act",
      title: say("takeBack"),
      width: "92px",
      align: "end",
      cell: (held) => held.status === "effective" && <TakeBack of={held} size="small" ask={() => take(held)} />,
    },
  ];
}
