import "./result.css";
import { CouponFace } from "../../parts/coupon-face.tsx";
import type { CouponDocument, Terms } from "../../parts/coupon-terms.ts";
import { count } from "../../ui/amounts.ts";
import { Code } from "../../ui/copy.tsx";
import { Fault } from "../../ui/fault.tsx";
import { minuteOf } from "../../ui/shop-time.ts";
import { useWords } from "../../words/table.ts";
import { ExampleCart, type ExampleCartProps } from "./example-cart.tsx";
import { useForm } from "./form.tsx";
import type { Preview } from "./preview.ts";
import { resultWords } from "./words.ts";

/** What comes of what is filled in: on a phone, in words, at the till, and as it will be sent. */
export function Result({
  document,
  preview,
  error,
  again,
  cart,
}: {
  document: CouponDocument;
  preview: Preview | undefined;
  error: unknown;
  again: () => void;
  cart: Omit<ExampleCartProps, "quote">;
}) {
  const say = useWords(resultWords);
  const { form } = useForm();
  const sentence = preview?.words ?? null;
  return (
    <>
      <section className="section">
        <h2>{say("phone")}</h2>
        <div className="phone">
          <p className="phone-bar">{form.account || say("phoneTitle")}</p>
          <CouponFace name={form.name} words={sentence} coupon={document} />
          <Small form={form} />
        </div>
        <h3>{say("sentence")}</h3>
        {sentence ? (
          <div className="sentences">
            <p lang="zh-CN">{sentence.zh}</p>
            <p lang="en">{sentence.en}</p>
          </div>
        ) : (
          <p className="aside">{say("sentenceNone")}</p>
        )}
      </section>
      <section className="section">
        <h2>{say("cart")}</h2>
        <p className="aside">{say("cartAbout")}</p>
        <ExampleCart {...cart} quote={preview?.quote ?? undefined} />
        <Fault error={error} again={again} />
      </section>
      <details className="section">
        <summary>{say("json")}</summary>
        <Code label={say("json")} text={JSON.stringify(document, null, 2)} />
      </details>
    </>
  );
}

/** The small print under a coupon. */
function Small({ form: { claimFrom, claimUntil, perPerson, stock } }: { form: Terms }) {
  const say = useWords(resultWords);
  const shown = (seconds: number | null) => (seconds === null ? "–" : minuteOf(seconds));
  const window =
    claimFrom === null && claimUntil === null
      ? say("windowAlways")
      : say("windowFrom", { from: shown(claimFrom), until: shown(claimUntil) });
  return (
    <dl className="small-print numbers">
      <dt>{say("window")}</dt>
      <dd>{window}</dd>
      <dt>{say("limit")}</dt>
      <dd>{perPerson === null ? say("noLimit") : say("limitOf", { count: perPerson })}</dd>
      <dt>{say("stock")}</dt>
      <dd>{stock === null ? "–" : say("stockOf", { stock: count(stock) })}</dd>
    </dl>
  );
}
