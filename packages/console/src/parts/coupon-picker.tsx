import type { OperatedCoupon } from "@quanku/sdk/admin";
import { Select } from "antd";
import { useDeferredValue, useEffect, useState } from "react";
import { useCall, usePages } from "../data/calls.ts";
import { useAppid } from "../data/session.ts";
import { currentLanguage } from "../words/language.ts";
import { table, useWords } from "../words/table.ts";
import "./coupon-picker.css";

const words = table("couponPicker", {
  hint: { zh: "输入券名的开头，或完整的券编号", en: "Type how its name begins, or its whole id" },
  none: { zh: "没有找到这样的券", en: "No such coupon" },
});

/** How many coupons are proposed. */
const PROPOSED = 20;

type Choice = { value: string; label: string; about: string };

/** Chooses a coupon: found by how its name begins, or by its id. */
export function CouponPicker({
  id,
  label,
  value,
  onlyActive = false,
  clearable = false,
  onChange,
}: {
  /** Of the field, for a label beside it. */
  id?: string;
  /** What the field is called where no label stands beside it. */
  label?: string;
  value: string | undefined;
  onlyActive?: boolean;
  clearable?: boolean;
  onChange: (couponId: string | undefined) => void;
}) {
  const say = useWords(words);
  const [typed, setTyped] = useState("");
  const text = useDeferredValue(typed.trim());
  const { choices, isReading } = useChoices(text, value, onlyActive);
  return (
    <Select<string, Choice>
      {...(id !== undefined && { id })}
      {...(label !== undefined && { "aria-label": label })}
      className="coupon-picker"
      value={value ?? null}
      placeholder={say("hint")}
      showSearch={{ filterOption: false, searchValue: typed, onSearch: setTyped }}
      allowClear={clearable}
      loading={isReading}
      notFoundContent={say("none")}
      options={choices}
      optionRender={({ data: { label, about, value } }) => (
        <>
          <div>{label}</div>
          <div className="aside">{[about, value].filter((part) => part && part !== label).join(" · ")}</div>
        </>
      )}
      onChange={(next?: string) => {
        setTyped("");
        onChange(next);
      }}
    />
  );
}

/** The coupons that a text may mean: the one of that id, and those whose name begins so. The one that is chosen is among them. */
function useChoices(text: string, chosen: string | undefined, onlyActive: boolean) {
  const appid = useAppid();
  const isWanted = ({ status }: OperatedCoupon) => !onlyActive || status === "active";
  const byId = useCall("showCoupon", { appid, out_coupon_id: text }, { enabled: text !== "" });
  const shown = useCall("showCoupon", { appid, out_coupon_id: chosen ?? "" }, { enabled: chosen !== undefined });
  const byName = usePages("listCoupons", {
    appid,
    limit: PROPOSED,
    ...(text !== "" && { name: text }),
    ...(onlyActive && { status: "active" }),
  });
  const { entries, hasMore, isReading, more } = byName;
  // A page may come short: what is asked for may stand on a later one.
  useEffect(() => {
    if (hasMore && !isReading && entries.length < PROPOSED) more();
  }, [hasMore, isReading, entries.length, more]);
  const found = [...(byId.data ? [byId.data.coupon] : []), ...entries].filter(isWanted);
  const all = shown.data ? [...found, shown.data.coupon] : found;
  const choices = new Map(all.map((coupon) => [coupon.coupon.out_coupon_id, choiceOf(coupon)]));
  return { choices: [...choices.values()], isReading: byName.isPending || isReading };
}

const choiceOf = ({ coupon: { out_coupon_id: value }, name, words }: OperatedCoupon): Choice => ({
  value,
  label: name || value,
  about: words[currentLanguage()],
});
