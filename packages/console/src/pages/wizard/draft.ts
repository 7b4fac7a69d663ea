import { type CouponDocument, type Terms, termsOf } from "../../parts/coupon-terms.ts";
import { remembered } from "../../remembered.ts";

/** What was filled in and not saved. */
export type Draft = {
  form: Terms;
  /** The document it began from. */
  base: CouponDocument;
  /** Whether the server has it as a draft already. */
  isSaved: boolean;
  /** When it was last changed, Unix seconds. */
  at: number;
};

/** Keeps what is being filled in while the tab is closed: of each app one new coupon, and one for each that is edited. */
export function draftOf(appid: string, couponId?: string) {
  const kept = remembered(couponId === undefined ? `draft.${appid}` : `draft.${appid}.${couponId}`, (text) => text);
  return {
    read: (): Draft | undefined => readDraft(kept.read()),
    write: (draft: Omit<Draft, "at"> | undefined): void =>
      kept.write(draft && JSON.stringify({ ...draft, at: Math.floor(Date.now() / 1000) } satisfies Draft)),
  };
}

/** A text that is no draft, or one of an older console, is none. */
function readDraft(text: string | undefined): Draft | undefined {
  try {
    const { form, base, isSaved, at } = JSON.parse(text ?? "null");
    const isDraft = typeof form === "object" && typeof base === "object" && typeof at === "number";
    return isDraft ? { form: { ...termsOf({}), ...form }, base: base ?? {}, isSaved: isSaved === true, at } : undefined;
  } catch {
    return undefined;
  }
}
