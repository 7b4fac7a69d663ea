import { type RecordKind, recordIds } from "../records.ts";
import type { Shown } from "./forms.ts";

/** A step of a journal entry: a record before and after it. */
export type JournalStep = { record: RecordKind; before: Shown | null; after: Shown };

/** An entry of an app's journal as it is audited; `at` is Unix seconds. */
export type AuditedEntry = { appid: string; seq: number; at: number; command: string; steps: readonly JournalStep[] };

/**
 * Reads the steps of an entry from the text that is kept; undefined where they are none. An app that was deleted is told
 * by the house's journal and is no record of it.
 */
export function readSteps(text: string): JournalStep[] | undefined {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return undefined;
  }
  return Array.isArray(read) && read.every(isStep) ? read.filter(({ after }) => !("removed" in after)) : undefined;
}

function isStep(step: unknown): step is JournalStep {
  if (!isObject(step)) return false;
  const { record, before, after } = step;
  if (!Object.hasOwn(recordIds, record as string)) return false;
  const [, ...ids]: readonly string[] = recordIds[record as RecordKind];
  const isNamed = (shown: unknown) => isObject(shown) && ids.every((id) => typeof shown[id] === "string");
  return (before === null || isNamed(before)) && isNamed(after);
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** What a record is called where something is said of it. */
export function calledOf(kind: RecordKind, shown: Shown): string {
  const quoted = (id: string) => JSON.stringify(shown[id]);
  switch (kind) {
    case "app":
      return "the app";
    case "stock":
      return `the stock of coupon ${quoted("outCouponId")}`;
    case "userCoupon":
      return `user coupon ${quoted("outUserCouponId")} of coupon ${quoted("outCouponId")}`;
    default: {
      const [, ...ids]: readonly string[] = recordIds[kind];
      return [spoken[kind] ?? kind, ...ids.map(quoted)].join(" ");
    }
  }
}

const spoken: { [K in RecordKind]?: string } = { claim: "the claim of request", hold: "the hold of request" };
