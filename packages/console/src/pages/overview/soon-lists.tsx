import type { OperatedCoupon } from "@quanku/sdk/admin";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useNow } from "../../data/clock.ts";
import { daysUntil } from "../../parts/days.ts";
import { count } from "../../ui/amounts.ts";
import { PageLink, useAddresses } from "../../ui/link.tsx";
import { Loaded, Section } from "../../ui/page.tsx";
import { dayOf, dayStart } from "../../ui/shop-time.ts";
import { TimeAndDistance } from "../../ui/time.tsx";
import { useWords } from "../../words/table.ts";
import type { Glance } from "./at-a-glance.ts";
import { endingSoon, type RunningOut, runningOut } from "./soon.ts";
import { words } from "./words.ts";

/** How many a list shows; of the others it tells how many there are. */
const SHOWN = 5;

type Glanced = { glance: UseQueryResult<Glance> };

/** Coupons whose stock ends within a week at the pace of the last one. */
export function RunsOut({ glance }: Glanced) {
  const say = useWords(words);
  const now = useNow();
  const from = dayStart(daysUntil(dayOf(now), 7)[0] ?? "");
  return (
    <Section title={say("runsOut")} aside={<span className="aside">{say("runsOutHow")}</span>}>
      <Loaded of={glance}>
        {({ active, isCut, week }) =>
          week === null ? (
            <p className="aside">{say("tooMany")}</p>
          ) : (
            <Short
              rows={runningOut(active, week, { from, now })}
              none={say("runsOutNone")}
              cut={isCut ? active.length : undefined}
            >
              {(one) => <Pace of={one} />}
            </Short>
          )
        }
      </Loaded>
    </Section>
  );
}

function Pace({ of: { left, perDay, seconds } }: { of: RunningOut }) {
  const say = useWords(words);
  const hours = Math.max(Math.round(seconds / 3600), 1);
  const when = hours < 48 ? say("inHours", { count: hours }) : say("inDays", { count: Math.round(hours / 24) });
  return (
    <>
      <strong className="soon">{left === 0 ? say("soldOut") : when}</strong>
      <span className="aside">
        {say("leftAtPace", { left: count(left), pace: count(Math.max(Math.round(perDay), 1)) })}
      </span>
    </>
  );
}

/** Coupons that can no longer be claimed, or used, within a week. */
export function EndsSoon({ glance }: Glanced) {
  const say = useWords(words);
  const now = useNow();
  return (
    <Section title={say("endsSoon")} aside={<span className="aside">{say("endsSoonHow")}</span>}>
      <Loaded of={glance}>
        {({ active, isCut }) => (
          <Short rows={endingSoon(active, now)} none={say("endsSoonNone")} cut={isCut ? active.length : undefined}>
            {({ end }) => (
              <>
                <span>{say(`ends${end.of}`)}</span>
                <span>
                  <TimeAndDistance seconds={end.at} />
                </span>
              </>
            )}
          </Short>
        )}
      </Loaded>
    </Section>
  );
}

/** A short list of coupons, each with what is to say of it. */
function Short<Row extends { coupon: OperatedCoupon }>({
  rows,
  none,
  cut,
  children,
}: {
  rows: readonly Row[];
  none: string;
  /** How many coupons were looked at, if not all. */
  cut: number | undefined;
  children: (row: Row) => ReactNode;
}) {
  const say = useWords(words);
  const to = useAddresses();
  return (
    <>
      {rows.length === 0 && <p className="aside">{none}</p>}
      <ul className="short numbers">
        {rows.slice(0, SHOWN).map((row) => {
          const { coupon, name } = row.coupon;
          const id = coupon.out_coupon_id;
          return (
            <li key={id}>
              <PageLink to={to.coupon(id)}>{name || id}</PageLink>
              {children(row)}
            </li>
          );
        })}
      </ul>
      {rows.length > SHOWN && (
        <PageLink to={to.coupons} search={{ status: "active" }}>
          {say("more", { number: count(rows.length - SHOWN) })}
        </PageLink>
      )}
      {cut !== undefined && <p className="aside">{say("newest", { number: count(cut) })}</p>}
    </>
  );
}
