import type { KeptState } from "../store.ts";
import type { Row } from "./columns.ts";

/** What stands in `sandbox_state` beside whose state it is and its body. */
export const stateColumns = ["name", "format", "saved_at", "time", "given_by", "records"];

/** What is written to {@link stateColumns}. */
export const stateValues = ({ name, format, savedAt, time, by, records }: KeptState): (string | number)[] => [
  name,
  format,
  savedAt,
  time,
  by,
  records,
];

/** Reads a state without its body from `row`, which begins with {@link stateColumns}. */
export const readState = (appid: string, [name, format, savedAt, time, by, records]: Row): Omit<KeptState, "body"> => ({
  appid,
  name,
  format,
  savedAt,
  time,
  by,
  records,
});
