import type { CallFilter, KeptCall, LoggedCall } from "../../domain/sandbox/call-log.ts";
import type { Row } from "./columns.ts";

/** What stands of a call in columns of its own, for statements to ask. */
const columns = {
  at: "at",
  rid: "rid",
  call: "call",
  code: "code",
  openid: "openid",
  outCouponId: "out_coupon_id",
} as const;
const properties = Object.keys(columns) as (keyof typeof columns)[];

/** The columns of a call beside its place, in their order; what is in no other is in the JSON `text`. */
export const callColumns = [...Object.values(columns), "text"];

/** What the text does not repeat. */
const elsewhere = Object.fromEntries(["appid", ...properties].map((name) => [name, undefined]));

/** What {@link callColumns} hold of a call. */
export const callRow = (call: LoggedCall): (string | number)[] => [
  ...properties.map((name) => call[name]),
  JSON.stringify({ ...call, ...elsewhere }),
];

/** Reads a call from its place and {@link callColumns}. Texts that were kept before calls told their entries tell none. */
export const readCall = (appid: string, nth: number, row: Row): KeptCall => ({
  entries: [],
  ...JSON.parse(row.at(-1)),
  ...Object.fromEntries(properties.map((name, i) => [name, row[i]])),
  appid,
  nth,
});

/** What is asked of {@link callColumns}, in their order: each that is, and what it must be. */
export const askedOfCalls = (filter: CallFilter): [string, string | number][] =>
  properties.flatMap((name): [string, string | number][] => {
    const value = name === "at" ? undefined : filter[name];
    return value === undefined ? [] : [[columns[name], value]];
  });
