import type { OperatedCoupon } from "@quanku/sdk/admin";
import type { ReactNode } from "react";
import { useCall, usePages } from "../../data/calls.ts";
import { useAppid, useNamed } from "../../data/session.ts";
import { CouponFace } from "../../parts/coupon-face.tsx";
import { History } from "../../parts/history.tsx";
import { Code } from "../../ui/copy.tsx";
import { PageLink, useAddresses } from "../../ui/link.tsx";
import { Loaded, Page, Section } from "../../ui/page.tsx";
import { minuteOf } from "../../ui/shop-time.ts";
import { useUrlState } from "../../ui/url-state.ts";
import { useWords } from "../../words/table.ts";
import { Actions } from "./actions.tsx";
import { CouponOrders } from "./coupon-orders.tsx";
import { CouponFacts } from "./facts.tsx";
import { Holders } from "./holders.tsx";
import { Numbers } from "./numbers.tsx";
import { pageWords } from "./page-words.ts";
import { words } from "./words.ts";
import "./coupons.css";

/** One coupon: what it gives, what can be done with it, and what came of it. */
export function CouponPage() {
  const say = useWords(words);
  const sayPage = useWords(pageWords);
  const id = useNamed("couponId");
  const shown = useCall("showCoupon", { appid: useAppid(), out_coupon_id: id });
  const coupon = shown.data?.coupon;
  if (shown.error?.status === 404) return <Gone id={id} />;
  return (
    <Page title={coupon ? coupon.name || say("unnamed") : id} about={coupon && <Dates of={coupon} />}>
      <Loaded of={shown} rows={10}>
        {({ coupon: one }) => (
          <>
            <Section title={sayPage("about")}>
              <div className="coupon-about">
                <div>
                  <CouponFacts coupon={one} />
                </div>
                <CouponFace name={one.name} words={one.words} coupon={{ ...one.coupon }} />
              </div>
              <Actions coupon={one} />
            </Section>
            <CouponTabs coupon={one} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Gone({ id }: { id: string }) {
  const say = useWords(words);
  const to = useAddresses();
  return (
    <Page title={say("gone", { id })}>
      <p>
        <PageLink to={to.coupons} search={{ name: id }}>
          {say("toList")}
        </PageLink>
      </p>
    </Page>
  );
}

function Dates({ of: { coupon } }: { of: OperatedCoupon }) {
  const say = useWords(pageWords);
  const { create_time, update_time, promote_type, coupon_info } = coupon;
  const activated = coupon_info.ext_info?.valid_time;
  const told = [
    say("made", { time: minuteOf(create_time) }),
    activated && say("activated", { time: minuteOf(activated) }),
    update_time !== create_time && update_time !== activated && say("changed", { time: minuteOf(update_time) }),
    promote_type === 4 ? say("live") : say("promote", { number: promote_type }),
    coupon_info.promote_info.finder?.nickname,
  ];
  return <span className="numbers">{told.filter(Boolean).join(" · ")}</span>;
}

const tabs = {
  numbers: Numbers,
  holders: Holders,
  orders: CouponOrders,
  history: CouponHistory,
  document: Document,
} as const satisfies Readonly<Record<string, (given: { coupon: OperatedCoupon }) => ReactNode>>;

const tabNames = Object.keys(tabs) as (keyof typeof tabs)[];

/** The parts of the page, each with an address of its own. */
function CouponTabs({ coupon }: { coupon: OperatedCoupon }) {
  const say = useWords(pageWords);
  const [{ tab: asked }] = useUrlState<"tab">();
  const tab = tabNames.find((one) => one === asked) ?? "numbers";
  const Shown = tabs[tab];
  return (
    <>
      <nav className="tab-links" aria-label={say("tabs")}>
        {tabNames.map((key) => (
          <PageLink
            key={key}
            to="."
            search={key === "numbers" ? {} : { tab: key }}
            replace
            resetScroll={false}
            activeOptions={{ exact: true }}
            className={key === tab ? "tab-link shown" : "tab-link"}
            aria-current={key === tab ? "page" : undefined}
          >
            {say(key)}
          </PageLink>
        ))}
      </nav>
      <div className="tab-body">
        <Shown coupon={coupon} />
      </div>
    </>
  );
}

function CouponHistory({ coupon: { coupon } }: { coupon: OperatedCoupon }) {
  return (
    <History pages={usePages("listCouponHistory", { appid: coupon.appid, out_coupon_id: coupon.out_coupon_id })} />
  );
}

function Document({ coupon }: { coupon: OperatedCoupon }) {
  const say = useWords(pageWords);
  return (
    <>
      <p className="aside">{say("documentHow")}</p>
      <Code label={say("document")} text={JSON.stringify(asSent(coupon), null, 2)} />
    </>
  );
}

/** A coupon as `add` takes it: without what the server adds. */
function asSent({ coupon: { out_coupon_id, type, promote_type, coupon_info } }: OperatedCoupon) {
  const { ext_info: _, ...sent } = coupon_info;
  return { coupon: { out_coupon_id, type, promote_type, coupon_info: sent } };
}
