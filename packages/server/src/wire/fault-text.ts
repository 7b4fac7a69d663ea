import { codes } from "@quanku/protocol/codes";
import { DELAY_MAX, LATE_MAX, slotOf, type Trouble } from "../domain/sandbox/faults.ts";

/** Why a text is no trouble, in words that say what would be, and in Chinese ones. */
export type Unreadable = { problem: string; zh: string };

/** How each trouble is written: in a header, on the command line, in lists and in logs. */
const forms = [
  "errcode=<code>",
  "delay=<ms>",
  "reset",
  "reset=after",
  "half",
  "http=502",
  "http=503",
  "http=504",
  "token",
  "push=late:<ms>",
  "push=twice",
  "push=reordered",
  "push=lost",
];

const plain: Readonly<Record<string, Trouble>> = {
  reset: { kind: "reset", done: false },
  "reset=after": { kind: "reset", done: true },
  half: { kind: "half" },
  "http=502": { kind: "http", status: 502 },
  "http=503": { kind: "http", status: 503 },
  "http=504": { kind: "http", status: 504 },
  token: { kind: "token" },
  "push=twice": { kind: "twice" },
  "push=reordered": { kind: "reordered" },
  "push=lost": { kind: "lost" },
};

/** Reads one trouble from its text. */
export function readTrouble(text: string): Trouble | Unreadable {
  if (Object.hasOwn(plain, text)) return plain[text] as Trouble;
  const [, name, number] = /^(errcode=|delay=|push=late:)(-?\d{1,9})$/.exec(text) ?? [];
  const value = Number(number);
  if (name === "errcode=")
    return value !== 0 && Object.hasOwn(codes, value)
      ? { kind: "code", code: value }
      : {
          problem: `must name a code of the table of codes that is no success, not ${value}`,
          zh: `必须是错误码表中表示失败的错误码，不能是 ${value}`,
        };
  if (name === "delay=") return within(value, DELAY_MAX, name) ?? { kind: "delay", milliseconds: value };
  if (name === "push=late:") return within(value, LATE_MAX, name) ?? { kind: "late", milliseconds: value };
  return { problem: `must be one of ${forms.join(", ")}`, zh: `必须是以下之一：${forms.join("、")}` };
}

const within = (value: number, max: number, name: string): Unreadable | undefined =>
  value >= 1 && value <= max
    ? undefined
    : { problem: `must be ${name} and 1-${max} milliseconds`, zh: `必须是 ${name} 加 1-${max} 毫秒` };

/** A trouble in the text that {@link readTrouble} reads. */
export function tellTrouble(trouble: Trouble): string {
  switch (trouble.kind) {
    case "code":
      return `errcode=${trouble.code}`;
    case "delay":
      return `delay=${trouble.milliseconds}`;
    case "reset":
      return trouble.done ? "reset=after" : "reset";
    case "http":
      return `http=${trouble.status}`;
    case "late":
      return `push=late:${trouble.milliseconds}`;
    case "twice":
    case "reordered":
    case "lost":
      return `push=${trouble.kind}`;
    default:
      return trouble.kind;
  }
}

/** Several troubles in one text, with commas between. */
export const tellTroubles = (troubles: readonly Trouble[]): string => troubles.map(tellTrouble).join(", ");

/** Reads several troubles that one call can meet together. */
export function readTroubles(text: string): readonly Trouble[] | Unreadable {
  const troubles: Trouble[] = [];
  for (const part of text.split(",")) {
    const trouble = readTrouble(part.trim());
    if ("problem" in trouble) return trouble;
    const same = troubles.find((other) => slotOf(other) === slotOf(trouble));
    if (same)
      return {
        problem: `cannot have both ${tellTrouble(same)} and ${tellTrouble(trouble)} in one call: leave one out`,
        zh: `同一次请求不能同时有 ${tellTrouble(same)} 和 ${tellTrouble(trouble)}：请去掉一个`,
      };
    troubles.push(trouble);
  }
  return troubles;
}

/** What a call is told whose code was ordered. */
export const orderedDetail = (trouble: Trouble): string => `a fault that was ordered (${tellTrouble(trouble)})`;
