import type { OperatedCoupon, ReportLine } from "@quanku/sdk/admin";
import { Segmented } from "antd";
import { useNow } from "../../data/clock.ts";
import { daysUntil, onDays } from "../../parts/days.ts";
import { count, percent, yuan } from "../../ui/amounts.ts";
import { DayChart } from "../../ui/chart.tsx";
import { Figures } from "../../ui/facts.tsx";
import { Loaded, Section } from "../../ui/page.tsx";
import { dayOf } from "../../ui/shop-time.ts";
import { useUrlState } from "../../ui/url-state.ts";
import { useWords } from "../../words/table.ts";
import { ever, useLifetime } from "./lifetime.ts";
import { pageWords } from "./page-words.ts";
import { heldOf, type Totals, totalsOf } from "./totals.ts";

/** What came of a coupon: from claims to redemptions to returns, in all and by day. */
export function Numbers({ coupon }: { coupon: OperatedCoupon }) {
  const say = useWords(pageWords);
  const lifetime = useLifetime(coupon.coupon.out_coupon_id);
  if (!coupon.stock) return <p className="empty">{say("notYet")}</p>;
  return (
    <Loaded of={lifetime}>
      {({ entries }) => (
        <>
          <Section title={say("funnel")}>
            <Funnel coupon={coupon} totals={totalsOf(entries)} />
          </Section>
          <ByDay coupon={coupon} lines={entries} />
        </>
      )}
    </Loaded>
  );
}

function Funnel({ coupon: { stock }, totals }: { coupon: OperatedCoupon; totals: Totals }) {
  const say = useWords(pageWords);
  const claimed = stock?.claimed ?? 0;
  const elsewhere = claimed - totals.claimed;
  const { redeemed, returned, expired, given_up, orders, discount, turnover, refunded } = totals;
  const { held } = heldOf(stock, totals);
  const share = (part: number, whole: number, word: "ofClaimed" | "ofRedeemed" | "ofStock") =>
    whole === 0 ? undefined : say(word, { share: percent(part / whole) });
  const figures = [
    {
      name: say("claimed"),
      value: count(claimed),
      aside: share(claimed, claimed + (stock?.remaining ?? 0), "ofStock"),
    },
    { name: say("redeemed"), value: count(redeemed), aside: share(redeemed, claimed, "ofClaimed") },
    { name: say("returned"), value: count(returned), aside: share(returned, redeemed, "ofRedeemed") },
    { name: say("held"), value: count(held), aside: share(held, claimed, "ofClaimed") },
    { name: say("expired"), value: count(expired), aside: share(expired, claimed, "ofClaimed") },
    { name: say("givenUp"), value: count(given_up), aside: share(given_up, claimed, "ofClaimed") },
    { name: say("discount"), value: yuan(discount), aside: say("orderCount", { number: count(orders) }) },
    {
      name: say("turnover"),
      value: yuan(turnover),
      aside: [
        discount > 0 && say("perYuan", { amount: yuan(Math.round((turnover / discount) * 100)) }),
        refunded > 0 && say("refunded", { amount: yuan(refunded) }),
      ]
        .filter(Boolean)
        .join(" · "),
    },
  ];
  return (
    <>
      <Figures figures={figures} />
      {elsewhere > 0 && <p className="aside">{say("elsewhere", { number: count(elsewhere) })}</p>}
    </>
  );
}

const spans = [7, 30, 90, 365];

function ByDay({ coupon: { coupon }, lines }: { coupon: OperatedCoupon; lines: readonly ReportLine[] }) {
  const say = useWords(pageWords);
  const [{ days: asked }, setUrl] = useUrlState<"days">();
  const number = spans.find((one) => String(one) === asked) ?? 30;
  const days = daysUntil(dayOf(useNow()), number);
  const values = (name: "claimed" | "redeemed" | "returned") => onDays(days, lines, name);
  return (
    <Section
      title={say("byDay")}
      aside={
        <div className="filters">
          <Segmented
            aria-label={say("span")}
            value={number}
            options={spans.map((value) => ({ value, label: say("days", { number: value }) }))}
            onChange={(value) => setUrl({ days: value === 30 ? undefined : String(value) })}
          />
          <a href={fileOf(coupon)} download>
            {say("file")}
          </a>
        </div>
      }
    >
      <DayChart
        label={say("byDay")}
        days={days}
        series={[
          { name: say("claimed"), colour: "primary", values: values("claimed") },
          { name: say("redeemed"), colour: "second", values: values("redeemed") },
          { name: say("returned"), colour: "bad", values: values("returned") },
        ]}
      />
    </Section>
  );
}

/** Where the file of all days of a coupon is read. */
function fileOf({ appid, out_coupon_id }: OperatedCoupon["coupon"]): string {
  const search = new URLSearchParams({ out_coupon_id, ...ever, csv: "true" });
  return `/quanku/admin/v1/apps/${encodeURIComponent(appid)}/reports?${search}`;
}
