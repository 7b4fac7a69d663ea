import type { HeldCoupon, OperatedCoupon } from "@quanku/sdk/admin";
import { Input, Select } from "antd";
import { useState } from "react";
import { type Pages, useCall, usePages } from "../../data/calls.ts";
import { useAppid } from "../../data/session.ts";
import { OrderLink, PersonLink } from "../../parts/links.tsx";
import { PageLink, useAddresses, useGo } from "../../ui/link.tsx";
import { type Column, Rows } from "../../ui/rows.tsx";
import { Status, statusWords } from "../../ui/status.tsx";
import { Time } from "../../ui/time.tsx";
import { useUrlState } from "../../ui/url-state.ts";
import { useWords } from "../../words/table.ts";
import { pageWords } from "./page-words.ts";

/** Who may be asked for: an openid as the server takes it. */
const openids = /^[A-Za-z0-9_-]{1,64}$/;

const statuses = ["effective", "used", "expired", "given_up"] as const;

/** Those who have a coupon, newest first, by status; or what somebody has of it, by their openid or by the id of a user coupon. */
export function Holders({ coupon: { coupon } }: { coupon: OperatedCoupon }) {
  const say = useWords(pageWords);
  const sayStatus = useWords(statusWords);
  const [{ who = "", status }, setUrl] = useUrlState<"who" | "status">();
  const [typed, setTyped] = useState(who);
  const chosen = statuses.find((one) => one === status);
  return (
    <>
      <div className="filters">
        <Input.Search
          className="name-filter"
          aria-label={say("findHolder")}
          placeholder={say("findHolder")}
          value={typed}
          maxLength={128}
          enterButton
          allowClear
          onChange={(event) => setTyped(event.target.value)}
          onSearch={(text) => setUrl({ who: text.trim() })}
        />
        {who === "" && (
          <Select
            aria-label={say("status")}
            placeholder={say("status")}
            allowClear
            value={chosen ?? null}
            options={statuses.map((value) => ({ value, label: sayStatus(value) }))}
            onChange={(next) => setUrl({ status: next ?? "" })}
          />
        )}
      </div>
      {who === "" ? (
        <Everybody id={coupon.out_coupon_id} status={chosen} />
      ) : (
        <Found who={who} id={coupon.out_coupon_id} />
      )}
    </>
  );
}

function Everybody({ id, status }: { id: string; status: HeldCoupon["status"] | undefined }) {
  const appid = useAppid();
  return (
    <List
      id={id}
      pages={usePages("listHolders", { appid, out_coupon_id: id, ...(status && { status }) })}
      empty="nobody"
    />
  );
}

function Found({ who, id }: { who: string; id: string }) {
  const appid = useAppid();
  const isPerson = openids.test(who);
  const wallet = usePages("listWallet", { appid, openid: who, out_coupon_id: id }, { enabled: isPerson });
  const { data, isPending } = useCall("findUserCoupons", { appid, out_user_coupon_id: who });
  const found = data?.entries.filter((one) => one.out_coupon_id === id) ?? [];
  const pages = {
    ...wallet,
    isPending: isPending || (isPerson && wallet.isPending),
    entries: [...found, ...wallet.entries],
  };
  return <List id={id} pages={pages} empty="noHolder" />;
}

function List({ id, pages, empty }: { id: string; pages: Pages<HeldCoupon>; empty: "nobody" | "noHolder" }) {
  const say = useWords(pageWords);
  const to = useAddresses();
  const go = useGo();
  const addressOf = (one: HeldCoupon) => to.userCoupon(id, one.out_user_coupon_id);
  return (
    <Rows
      label={say("holders")}
      pages={pages}
      columns={useColumns(addressOf)}
      rowKey={({ out_user_coupon_id }) => out_user_coupon_id}
      onOpen={(one) => go(addressOf(one))}
      empty={say(empty)}
    />
  );
}

function useColumns(addressOf: (one: HeldCoupon) => string): Column<HeldCoupon>[] {
  const say = useWords(pageWords);
  return [
    {
      key: "id",
      title: say("userCoupon"),
      width: "1.6fr",
      cell: (one) => <PageLink to={addressOf(one)}>{one.out_user_coupon_id}</PageLink>,
    },
    {
      key: "person",
      title: say("person"),
      width: "1.6fr",
      cell: ({ openid }) => <PersonLink openid={openid} />,
    },
    { key: "status", title: say("status"), width: "100px", cell: ({ status }) => <Status of={status} /> },
    { key: "received", title: say("received"), width: "150px", cell: (one) => <Time seconds={one.receive_time} /> },
    {
      key: "until",
      title: say("until"),
      width: "150px",
      cell: ({ end_time }) => (end_time === 0 ? say("forEver") : <Time seconds={end_time} />),
    },
    {
      key: "used",
      title: say("usedOn"),
      width: "1.2fr",
      cell: ({ use_time, out_order_id }) => (
        <>
          {use_time !== null && <Time seconds={use_time} />} {out_order_id !== null && <OrderLink id={out_order_id} />}
        </>
      ),
    },
  ];
}
