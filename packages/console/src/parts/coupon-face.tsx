import { currentLanguage } from "../words/language.ts";

/** A coupon as a person's phone shows it. */
export function CouponFace({ name, words }: { name: string; words: { zh: string; en: string } | null }) {
  return (
    <article className="coupon-face">
      <strong>{name}</strong>
      <p>{words?.[currentLanguage()]}</p>
    </article>
  );
}
