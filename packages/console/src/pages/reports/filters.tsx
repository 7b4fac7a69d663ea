import { Input, Segmented } from "antd";
import { useId } from "react";
import { CouponPicker } from "../../parts/coupon-picker.tsx";
import type { Period } from "../../parts/days.ts";
import { useUrlState } from "../../ui/url-state.ts";
import { useWords } from "../../words/table.ts";
import { spans } from "./period.ts";
import { words } from "./words.ts";

/** Of which days and which coupon. */
export function Filters({ period }: { period: Period }) {
  const say = useWords(words);
  const [{ days, from, to, coupon }, setUrl] = useUrlState<"days" | "from" | "to" | "coupon" | "sort">();
  const isCustom = from !== undefined && to !== undefined;
  const names = { 7: say("last7"), 30: say("last30"), 90: say("last90") };
  const choose = (span: string) =>
    span === "custom" ? setUrl({ ...period, days: undefined }) : setUrl({ days: span, from: undefined, to: undefined });
  return (
    <div className="filters">
      <Segmented<string>
        aria-label={say("period")}
        value={isCustom ? "custom" : (spans.find((one) => one === days) ?? "30")}
        onChange={choose}
        options={[
          ...spans.map((span) => ({ value: span as string, label: names[span] })),
          { value: "custom", label: say("custom") },
        ]}
      />
      {isCustom && (
        <>
          <Day label={say("from")} day={period.from} most={period.to} change={(day) => setUrl({ from: day })} />
          <Day label={say("to")} day={period.to} least={period.from} change={(day) => setUrl({ to: day })} />
        </>
      )}
      <CouponPicker
        label={say("onlyCoupon")}
        value={coupon}
        clearable
        onChange={(next) => setUrl({ coupon: next, sort: undefined })}
      />
    </div>
  );
}

type DayField = { label: string; day: string; least?: string; most?: string; change: (day: string) => void };

function Day({ label, day, least, most, change }: DayField) {
  const field = useId();
  return (
    <span className="day-field">
      <label htmlFor={field}>{label}</label>
      <Input
        id={field}
        type="date"
        key={day}
        defaultValue={day}
        min={least}
        max={most}
        onBlur={({ target: { value, validity } }) => value !== "" && validity.valid && value !== day && change(value)}
        onPressEnter={({ currentTarget }) => currentTarget.blur()}
      />
    </span>
  );
}
