import { PlusOutlined } from "@ant-design/icons";
import type { OperatedCoupon } from "@quanku/sdk/admin";
import { Button } from "antd";
import { type Pages, useCall, usePages } from "../../data/calls.ts";
import { useNow } from "../../data/clock.ts";
import { useAppid } from "../../data/session.ts";
import { ClaimWindow, Validity } from "../../parts/coupon-times.tsx";
import { Act } from "../../ui/allowed.tsx";
import { count } from "../../ui/amounts.ts";
import { PageLink, useAddresses, useGo } from "../../ui/link.tsx";
import { Page } from "../../ui/page.tsx";
import { type Column, Rows } from "../../ui/rows.tsx";
import { Status } from "../../ui/status.tsx";
import { useUrlState } from "../../ui/url-state.ts";
import { useLanguage } from "../../words/language.ts";
import { useWords } from "../../words/table.ts";
import { CouponDrawer } from "./drawer.tsx";
import { CouponFilters, isFiltered, useFilters } from "./filters.tsx";
import { PauseSwitch } from "./pause-switch.tsx";
import { Stock } from "./stock.tsx";
import { words } from "./words.ts";
import "./coupons.css";

/** How many coupons a page of the list has. */
const PAGE = 100;

/** All coupons of the app: what they give, how they stand, and whether they can be claimed. */
export function CouponList() {
  const say = useWords(words);
  const appid = useAppid();
  const to = useAddresses();
  const go = useGo();
  const filters = useFilters();
  const [{ open }, setUrl] = useUrlState<"open">();
  const pages = usePages("listCoupons", { appid, ...filters, limit: PAGE });
  const idOf = ({ coupon }: OperatedCoupon) => coupon.out_coupon_id;
  const toPage = (id: string) => go(to.coupon(id));
  return (
    <Page title={say("title")} actions={<NewCoupon />}>
      <CouponFilters />
      <div className="coupons-found">
        <HowMany pages={pages} />
        {filters.name !== undefined && <ById id={filters.name} />}
      </div>
      <Rows
        label={say("title")}
        pages={pages}
        columns={useColumns()}
        rowKey={idOf}
        onOpen={(row) => setUrl({ open: idOf(row) })}
        onEnter={(row) => toPage(idOf(row))}
        empty={<Empty isFiltered={isFiltered(filters)} />}
      />
      {open !== undefined && <CouponDrawer id={open} close={() => setUrl({ open: undefined })} />}
    </Page>
  );
}

function useColumns(): Column<OperatedCoupon>[] {
  const say = useWords(words);
  const [language] = useLanguage();
  const now = useNow();
  return [
    {
      key: "name",
      title: say("name"),
      width: "minmax(150px, 2.4fr)",
      cell: ({ name, words: given }) => (
        <span className="coupon-name">
          <strong>{name || say("unnamed")}</strong>
          <span className="aside">{given[language]}</span>
        </span>
      ),
    },
    {
      key: "status",
      title: say("status"),
      width: "minmax(86px, 0.7fr)",
      cell: ({ status, paused }) => <Status of={status} paused={paused} />,
    },
    { key: "stock", title: say("stock"), width: "minmax(170px, 1.6fr)", cell: (row) => <Stock of={row} /> },
    {
      key: "window",
      title: say("window"),
      width: "minmax(150px, 1.3fr)",
      cell: (coupon) => <ClaimWindow coupon={coupon} now={now} />,
    },
    {
      key: "validity",
      title: say("validity"),
      width: "minmax(150px, 1.2fr)",
      cell: (coupon) => <Validity coupon={coupon} />,
    },
    { key: "open", title: say("open"), width: "76px", cell: (coupon) => <PauseSwitch coupon={coupon} /> },
  ];
}

function HowMany({ pages: { entries, hasMore, isPending } }: { pages: Pages<OperatedCoupon> }) {
  const say = useWords(words);
  if (isPending || entries.length === 0) return null;
  return (
    <p className="aside numbers" aria-live="polite">
      {say(hasMore ? "shownSoFar" : "shown", { number: count(entries.length) })}
    </p>
  );
}

/** Leads to the coupon whose id was typed where a name was looked for. */
function ById({ id }: { id: string }) {
  const say = useWords(words);
  const appid = useAppid();
  const to = useAddresses();
  const { data } = useCall("showCoupon", { appid, out_coupon_id: id });
  if (!data) return null;
  return (
    <p>
      {say("byId")} <PageLink to={to.coupon(id)}>{data.coupon.name || id}</PageLink>
    </p>
  );
}

function NewCoupon() {
  const say = useWords(words);
  const to = useAddresses();
  const go = useGo();
  return (
    <Act type="primary" icon={<PlusOutlined />} onClick={() => go(to.newCoupon)}>
      {say("new")}
    </Act>
  );
}

function Empty({ isFiltered }: { isFiltered: boolean }) {
  const say = useWords(words);
  const [, setUrl] = useUrlState<"status" | "type" | "name">();
  const clear = () => setUrl({ status: undefined, type: undefined, name: undefined });
  return (
    <div className="coupons-none">
      <strong>{say(isFiltered ? "noneSuch" : "none")}</strong>
      <span>{say(isFiltered ? "noneSuchHow" : "noneHow")}</span>
      {isFiltered ? <Button onClick={clear}>{say("clear")}</Button> : <NewCoupon />}
    </div>
  );
}
