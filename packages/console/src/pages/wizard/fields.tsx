import { DatePicker, Input, InputNumber, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { type ReactNode, useState } from "react";
import { useNow } from "../../data/clock.ts";
import type { TermName, Terms } from "../../parts/coupon-terms.ts";
import { count, yuan } from "../../ui/amounts.ts";
import { fromPicker, toPicker, ZONE_NAME } from "../../ui/shop-time.ts";
import { useLanguage } from "../../words/language.ts";
import { hasWord, type Say, useWords } from "../../words/table.ts";
import { fieldWords } from "./field-words.ts";
import { controlOf, useForm } from "./form.tsx";
import {
  fenOfYuan,
  percentOffOfRate,
  rateOfPercentOff,
  rateOfTenths,
  tenthsOfRate,
  type Unit,
  unitOf,
  units,
  yuanOfFen,
} from "./units.ts";

type NumberName = { [Name in TermName]: Terms[Name] extends number | null ? Name : never }[TermName];
type TextName = { [Name in TermName]: Terms[Name] extends string ? Name : never }[TermName];
type SayField = Say<keyof (typeof fieldWords)["words"]>;

/** What a control needs to be found by its label, and to say what is wrong. */
type Control = {
  id: string;
  "aria-invalid": boolean;
  "aria-describedby": string;
  onBlur: () => void;
  status: "" | "error";
};

/** A question: its label, the control, what the wire has for it, how it is meant, and what the server finds wrong. */
function Field({
  name,
  label,
  aside,
  hint,
  children,
}: {
  name: TermName;
  label: string;
  aside?: ReactNode;
  hint?: string | undefined;
  children: (control: Control) => ReactNode;
}) {
  const { faults, leave } = useForm();
  const id = controlOf(name);
  const fault = faults[name];
  return (
    <div className={`field ${fault === undefined ? "" : "wrong"}`}>
      <div className="field-head">
        <label htmlFor={id}>{label}</label>
        <span className="field-wire numbers">{aside}</span>
      </div>
      <div className="field-control">
        {children({
          id,
          "aria-invalid": fault !== undefined,
          "aria-describedby": `${id}-about`,
          onBlur: () => leave(name),
          status: fault === undefined ? "" : "error",
        })}
      </div>
      <p id={`${id}-about`} className={fault === undefined ? "field-hint" : "field-fault"}>
        {fault ?? hint}
      </p>
    </div>
  );
}

/** What is said of a field beside its label, where something is. */
function hintOf(name: TermName, say: SayField): string | undefined {
  const hint = `${name}How`;
  return hasWord(fieldWords, hint) ? say(hint) : undefined;
}

export function TextField({
  name,
  disabled = false,
  placeholder,
}: {
  name: TextName;
  disabled?: boolean;
  placeholder?: string;
}) {
  const say = useWords(fieldWords);
  const { form, change } = useForm();
  return (
    <Field name={name} label={say(name)} hint={hintOf(name, say)}>
      {(control) => (
        <Input
          {...control}
          value={form[name]}
          disabled={disabled}
          placeholder={placeholder}
          autoComplete="off"
          onChange={({ target }) => change({ [name]: target.value })}
        />
      )}
    </Field>
  );
}

/** A whole number, with what it counts. */
export function WholeField({
  name,
  unit,
  placeholder,
  min = 0,
}: {
  name: NumberName;
  unit?: string;
  placeholder?: string;
  min?: number;
}) {
  const say = useWords(fieldWords);
  const { form, change } = useForm();
  return (
    <Field name={name} label={say(name)} hint={hintOf(name, say)}>
      {(control) => (
        <InputNumber<number>
          {...control}
          value={form[name]}
          min={min}
          precision={0}
          suffix={unit}
          placeholder={placeholder}
          onChange={(value) => change({ [name]: value })}
        />
      )}
    </Field>
  );
}

/** An amount, typed in yuan, with the fen that the wire has beside it. */
export function YuanField({ name, placeholder }: { name: NumberName; placeholder?: string }) {
  const say = useWords(fieldWords);
  const { form, change } = useForm();
  const fen = form[name];
  const aside = fen === null ? undefined : `${yuan(fen)} · ${fen} ${say("fen")}`;
  return (
    <Field name={name} label={say(name)} hint={hintOf(name, say)} aside={aside}>
      {(control) => (
        <InputNumber<number>
          {...control}
          value={yuanOfFen(fen)}
          min={0}
          precision={2}
          prefix="¥"
          placeholder={placeholder}
          onChange={(value) => change({ [name]: fenOfYuan(value) })}
        />
      )}
    </Field>
  );
}

/** A rate: 折 in Chinese, per cent off in English, with the 1/10000 of the wire beside it. */
export function RateField() {
  const say = useWords(fieldWords);
  const [language] = useLanguage();
  const { form, change } = useForm();
  const { rate } = form;
  const isTenths = language === "zh";
  const said = { tenths: tenthsOfRate(rate) ?? 0, percent: percentOffOfRate(rate) ?? 0 };
  return (
    <Field name="rate" label={say("rate")} aside={rate === null ? undefined : `${say("rateSaid", said)} · ${rate}`}>
      {(control) => (
        <InputNumber<number>
          {...control}
          key={language}
          value={isTenths ? tenthsOfRate(rate) : percentOffOfRate(rate)}
          suffix={isTenths ? say("tenths") : "%"}
          placeholder={isTenths ? "8.5" : "15"}
          onChange={(value) => change({ rate: isTenths ? rateOfTenths(value) : rateOfPercentOff(value) })}
        />
      )}
    </Field>
  );
}

/** Products by their ids, as many as are pasted. */
export function ProductsField() {
  const say = useWords(fieldWords);
  const { form, change } = useForm();
  return (
    <Field name="products" label={say("products")} hint={say("productsHow")}>
      {({ status, ...control }) => (
        <Select
          {...control}
          {...(status && { status })}
          mode="tags"
          open={false}
          suffixIcon={null}
          value={[...form.products]}
          tokenSeparators={[",", "，", "、", ";", "；", "\n", "\t", " "]}
          onChange={(products: string[]) => change({ products: products.map((one) => one.trim()).filter(Boolean) })}
        />
      )}
    </Field>
  );
}

/** How many days after now, or after the beginning, an end is proposed. */
const PROPOSED = [7, 30, 90];

/** A time of the shop's clock. Of an interval's end the last second counts. */
export function TimeField({ name, after }: { name: NumberName; after?: NumberName }) {
  const say = useWords(fieldWords);
  const { form, change } = useForm();
  const now = useNow();
  const seconds = form[name];
  const isEnd = after !== undefined;
  const begin = toPicker((after && form[after]) ?? now).startOf("day");
  const presets = isEnd
    ? PROPOSED.map((days) => ({
        label: say("inDays", { count: days }),
        value: begin.add(days - 1, "day").endOf("day"),
      }))
    : [];
  return (
    <Field name={name} label={say(name)} hint={hintOf(name, say)} aside={seconds === null ? undefined : ZONE_NAME}>
      {({ status, ...control }) => (
        <DatePicker
          {...control}
          {...(status && { status })}
          value={seconds === null ? null : toPicker(seconds)}
          classNames={{ popup: { root: "time-popup" } }}
          format="YYYY-MM-DD HH:mm:ss"
          showTime={{ defaultOpenValue: isEnd ? dayjs().endOf("day") : dayjs().startOf("day") }}
          presets={presets}
          showNow={!isEnd}
          onChange={(value: Dayjs | null) => change({ [name]: value ? fromPicker(value) : null })}
        />
      )}
    </Field>
  );
}

/** A length of time, in whichever unit it is whole. */
export function LengthField() {
  const say = useWords(fieldWords);
  const { form, change } = useForm();
  const { validSeconds } = form;
  const [unit, setUnit] = useState<Unit>(() => unitOf(validSeconds));
  const options = (Object.keys(units) as Unit[]).map((value) => ({ value, label: say(value) }));
  const turn = (next: Unit) => {
    if (validSeconds !== null) change({ validSeconds: (validSeconds / units[unit]) * units[next] });
    setUnit(next);
  };
  return (
    <Field
      name="validSeconds"
      label={say("validSeconds")}
      aside={validSeconds === null ? undefined : `${count(validSeconds)} ${say("seconds")}`}
    >
      {(control) => (
        <>
          <InputNumber<number>
            {...control}
            value={validSeconds === null ? null : validSeconds / units[unit]}
            min={0}
            precision={0}
            onChange={(value) => change({ validSeconds: value === null ? null : value * units[unit] })}
          />
          <Select aria-label={say("unit")} value={unit} options={options} onChange={turn} />
        </>
      )}
    </Field>
  );
}
