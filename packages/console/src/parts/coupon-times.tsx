import type { OperatedCoupon } from "@quanku/sdk/admin";
import { minuteOf, relativeTo } from "../ui/shop-time.ts";
import { table, useWords } from "../words/table.ts";
import { claimsAt, timesOf } from "./coupon-ends.ts";
import "./coupon-times.css";

const words = table("couponTimes", {
  startTo: { zh: "{{start}} 至", en: "{{start}} to" },
  from: { zh: "{{start}} 起", en: "from {{start}}" },
  until: { zh: "{{end}} 止", en: "until {{end}}" },
  anyTime: { zh: "随时可领", en: "at any time" },
  forEver: { zh: "长期有效", en: "for ever" },
  days: {
    zh: "领取后 {{count}} 天内",
    en: { one: "{{count}} day from the claim", other: "{{count}} days from the claim" },
  },
  hours: {
    zh: "领取后 {{count}} 小时内",
    en: { one: "{{count}} hour from the claim", other: "{{count}} hours from the claim" },
  },
  minutes: {
    zh: "领取后 {{count}} 分钟内",
    en: { one: "{{count}} minute from the claim", other: "{{count}} minutes from the claim" },
  },
  seconds: {
    zh: "领取后 {{count}} 秒内",
    en: { one: "{{count}} second from the claim", other: "{{count}} seconds from the claim" },
  },
  opens: { zh: "{{distance}}开始", en: "opens {{distance}}" },
  ends: { zh: "{{distance}}截止", en: "ends {{distance}}" },
  over: { zh: "已截止", en: "over" },
});

/** How near an end is told beside its time, in seconds. */
const SOON = 7 * 86_400;
const units = [
  ["days", 86_400],
  ["hours", 3600],
  ["minutes", 60],
] as const;

type Span = { start: number | undefined; end: number | undefined };

/** From when to when, in lines that break between the two only. */
function Between({ span: { start, end }, none }: { span: Span; none: "anyTime" | "forEver" }) {
  const say = useWords(words);
  const told = { start: minuteOf(start ?? 0), end: minuteOf(end ?? 0) };
  if (start === undefined) return end === undefined ? say(none) : say("until", told);
  if (end === undefined) return say("from", told);
  return (
    <>
      <span className="unbroken">{say("startTo", told)}</span> <span className="unbroken">{told.end}</span>
    </>
  );
}

/** When a coupon can be claimed, in words; of an active one also that it opens, ends soon, or is over at `now`, Unix seconds. */
export function ClaimWindow({ coupon, now }: { coupon: OperatedCoupon; now: number }) {
  const say = useWords(words);
  const { claims, validity } = timesOf(coupon);
  const end = Math.min(claims.end ?? Number.POSITIVE_INFINITY, validity?.end ?? Number.POSITIVE_INFINITY);
  const state = claimsAt(coupon, now);
  const remark =
    state === "over"
      ? say("over")
      : state === "notYet"
        ? say("opens", { distance: relativeTo(claims.start ?? 0, now) })
        : end - now < SOON
          ? say("ends", { distance: relativeTo(end, now) })
          : undefined;
  return (
    <span className="numbers">
      <Between span={claims} none="anyTime" />
      {coupon.status === "active" && remark && <span className="soon-words unbroken"> {remark}</span>}
    </span>
  );
}

/** How long a coupon can be used once it is claimed, in words. */
export function Validity({ coupon }: { coupon: OperatedCoupon }) {
  const say = useWords(words);
  const { validity, days, seconds } = timesOf(coupon);
  if (days !== undefined) return <span className="numbers">{say("days", { count: days })}</span>;
  if (seconds === undefined)
    return (
      <span className="numbers">
        <Between span={validity ?? { start: undefined, end: undefined }} none="forEver" />
      </span>
    );
  const [unit, size] = units.find(([, length]) => seconds % length === 0) ?? ["seconds", 1];
  return <span className="numbers">{say(unit, { count: seconds / size })}</span>;
}
