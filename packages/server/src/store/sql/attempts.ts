import type { CallbackAttempt, CallbackFilter, KeptAttempt } from "../../domain/claims/attempts.ts";

/** What an attempt's row says beside its JSON text, for statements to ask: the column and what stands in it. */
export const told = {
  verdict: ({ verdict }: CallbackAttempt) => verdict,
  purpose: ({ purpose }: CallbackAttempt) => purpose,
  request_id: ({ requestId }: CallbackAttempt) => requestId,
} as const;
export const toldColumns = Object.keys(told);

/** What {@link toldColumns} hold of an attempt, in their order. */
export const toldOf = (attempt: CallbackAttempt): string[] => Object.values(told).map((tell) => tell(attempt));

/** What is asked of {@link toldColumns}, in their order; null: nothing. */
export const askedOf = ({ verdict, purpose, requestId }: CallbackFilter): (string | null)[] => [
  verdict ?? null,
  purpose ?? null,
  requestId ?? null,
];

/** Reads an attempt. Whose claim it was is not in the texts that were kept first. */
export const readAttempt = (nth: number, text: string): KeptAttempt => ({
  openid: "",
  outCouponId: "",
  ...JSON.parse(text),
  nth,
});
