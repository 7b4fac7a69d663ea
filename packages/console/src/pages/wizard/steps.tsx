import { Segmented } from "antd";
import type { CouponType, TermName } from "../../parts/coupon-terms.ts";
import { useWords } from "../../words/table.ts";
import { fieldWords } from "./field-words.ts";
import { LengthField, ProductsField, RateField, TextField, TimeField, WholeField, YuanField } from "./fields.tsx";
import { controlOf, useForm } from "./form.tsx";
import { choiceOf, fieldsOfKind, optionalOfKind } from "./kinds.ts";
import { words } from "./words.ts";

/** The groups of questions, in their order; a phone shows one at a time. */
export const steps = ["kind", "gives", "name", "claim", "validity", "finish"] as const;
export type Step = (typeof steps)[number];

const ofClaim: readonly TermName[] = ["stock", "perPerson", "claimFrom", "claimUntil"];

/** In which group a field is asked. */
export function stepOf(name: TermName): Step {
  if (name === "type") return "kind";
  if (name === "validity" || choiceOf(name) === "validity") return "validity";
  if (choiceOf(name) === "type") return "gives";
  return ofClaim.includes(name) ? "claim" : "name";
}

/** What the kind that is chosen gives. */
export function GivesStep() {
  const say = useWords(words);
  const { form } = useForm();
  if (form.type === null) return <p className="aside">{say("noKind")}</p>;
  const type = form.type as CouponType;
  const optional = optionalOfKind(type);
  const needed = fieldsOfKind[type].filter((name) => !optional.includes(name));
  return (
    <>
      <div className="fields">
        {needed.map((name) => (
          <Given key={name} name={name} />
        ))}
      </div>
      {optional.length > 0 && (
        <fieldset className="fields more-fields">
          <legend>
            {say("tradeInAlso")} <span className="aside">{say("optional")}</span>
          </legend>
          {optional.map((name) => (
            <Given key={name} name={name} />
          ))}
          <p className="field-hint">{say("tradeInAlsoHow")}</p>
        </fieldset>
      )}
    </>
  );
}

/** A question of what a coupon gives. */
function Given({ name }: { name: TermName }) {
  const say = useWords(fieldWords);
  switch (name) {
    case "spend":
      return <YuanField name={name} placeholder="100" />;
    case "off":
      return <YuanField name={name} placeholder="15" />;
    case "tradeInPrice":
      return <YuanField name={name} placeholder="9.90" />;
    case "items":
    case "boughtItems":
    case "gotItems":
      return <WholeField name={name} unit={say("pieces")} />;
    case "tradeIn":
    case "bought":
    case "got":
      return <TextField name={name} />;
    case "products":
      return <ProductsField />;
    default:
      return <RateField />;
  }
}

export function NameStep() {
  const say = useWords(words);
  const { faults, isSaved } = useForm();
  const more = ["id", "channel", "account"] as const;
  return (
    <>
      <div className="fields">
        <TextField name="name" />
      </div>
      <details open={more.some((name) => faults[name] !== undefined)}>
        <summary>{say("more")}</summary>
        <div className="fields">
          <TextField name="id" disabled={isSaved} />
          <WholeField name="channel" min={1} />
          <TextField name="account" />
        </div>
      </details>
    </>
  );
}

export function ClaimStep() {
  const say = useWords(fieldWords);
  return (
    <div className="fields">
      <WholeField name="stock" unit={say("coupons")} placeholder="1000" />
      <WholeField name="perPerson" unit={say("coupons")} />
      <TimeField name="claimFrom" />
      <TimeField name="claimUntil" after="claimFrom" />
    </div>
  );
}

/** The modes of validity: 2 days from the claim, 1 fixed dates, 3 seconds from the claim, 0 none stated. */
const modes = [
  { value: 2, word: "validDaysOf" },
  { value: 1, word: "validFixed" },
  { value: 3, word: "validLength" },
  { value: 0, word: "validAlways" },
] as const;

export function ValidityStep() {
  const say = useWords(fieldWords);
  const { form, change } = useForm();
  const { validity } = form;
  return (
    <>
      <Segmented<number>
        id={controlOf("validity")}
        name="validity"
        aria-label={say("validity")}
        className="validity-modes"
        value={validity ?? 0}
        options={modes.map(({ value, word }) => ({ value, label: say(word) }))}
        onChange={(value) => change({ validity: value === 0 ? null : value })}
      />
      <div className="fields">
        {validity === 1 && <TimeField name="validFrom" />}
        {validity === 1 && <TimeField name="validUntil" after="validFrom" />}
        {validity === 2 && <WholeField name="validDays" unit={say("days")} />}
        {validity === 3 && <LengthField />}
        {validity === null && <p className="aside">{say("validAlwaysHow")}</p>}
      </div>
    </>
  );
}
