import type { CallFilter, KeptCall, LoggedCall } from "../../domain/sandbox/call-log.ts";

/** What a call's row says beside its JSON text, for statements to ask: the column and what stands in it. */
const told = {
  rid: ({ rid }: LoggedCall) => rid,
  call: ({ call }: LoggedCall) => call,
  code: ({ code }: LoggedCall) => code,
  openid: ({ openid }: LoggedCall) => openid,
  out_coupon_id: ({ outCouponId }: LoggedCall) => outCouponId,
} as const;
export const callColumns = Object.keys(told);

/** What {@link callColumns} hold of a call, in their order. */
export const callRow = (call: LoggedCall): (string | number)[] => Object.values(told).map((tell) => tell(call));

/** What is asked of {@link callColumns}, in their order: each that is, and what it must be. */
export function askedOfCalls({ rid, call, code, openid, outCouponId }: CallFilter): [string, string | number][] {
  const asked = [rid, call, code, openid, outCouponId];
  return callColumns.flatMap((column, i): [string, string | number][] => {
    const value = asked[i];
    return value === undefined ? [] : [[column, value]];
  });
}

/** A call as its row's text. */
export const callText = ({ appid: _, ...call }: LoggedCall): string => JSON.stringify(call);

/** Reads a call. */
export const readCall = (appid: string, nth: number, text: string): KeptCall => ({ appid, ...JSON.parse(text), nth });
