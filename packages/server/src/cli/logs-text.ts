import type { RouteReply } from "@quanku/protocol/admin";
import { printable } from "./admin-text.ts";

type Shown = RouteReply<"listCalls">["entries"][number];
type Explained = RouteReply<"showCall">;
export type Language = "zh" | "en";

const colours = { red: 31, green: 32, yellow: 33, grey: 90 } as const;
type Paint = (colour: keyof typeof colours, text: string) => string;
const painting =
  (coloured: boolean): Paint =>
  (colour, text) =>
    coloured ? `\u001b[${colours[colour]}m${text}\u001b[39m` : text;

/** A call as a line: when, which, what it came to, how long, its rid, whom and which coupon it names, and what ended it. */
export function lineOf(call: Shown, coloured: boolean): string {
  const paint = painting(coloured);
  const { openid, out_coupon_id, errcode, milliseconds, rid, fault, ended, refused } = call;
  const end = refused === null ? ended : `${ended}: ${refused}`;
  const cells = [
    timeOf(call.time_ms),
    call.call.padEnd(NAME),
    paint(errcode === 0 ? "green" : "red", String(errcode).padEnd(CODE)),
    `${milliseconds.toFixed(1).padStart(MILLISECONDS)} ms`,
    paint("grey", rid),
    printable([openid, out_coupon_id].filter(Boolean).join(" ") || "-"),
    errcode === 0 ? "" : paint("red", end),
    fault === null ? "" : paint("yellow", `fault: ${printable(fault)}`),
  ];
  return `${cells.filter(Boolean).join("  ")}\n`;
}

/** The widths of columns. */
const [NAME, CODE, MILLISECONDS] = [16, 7, 7];

const timeOf = (ms: number): string => new Date(ms).toISOString();

const labels = {
  en: {
    appTime: "the app's clock",
    sent: "sent",
    answered: "answered",
    fault: "fault",
    changed: "changed",
    nothing: "nothing",
    asked: "merchant",
    cut: (bytes: number) => `… ${bytes} bytes in all; only the beginning is kept`,
    none: "(no body was read)",
  },
  zh: {
    appTime: "应用时钟",
    sent: "请求",
    answered: "响应",
    fault: "故障",
    changed: "变更",
    nothing: "无",
    asked: "商家回调",
    cut: (bytes: number) => `……共 ${bytes} 字节，仅保留开头`,
    none: "（未读取请求体）",
  },
} as const;

/** One call as people read it: what was checked, each passed or not, what was sent, answered and changed. */
export function explained(
  { call, changed, callbacks }: Explained,
  { lang, coloured }: { lang: Language; coloured: boolean },
): string {
  const paint = painting(coloured);
  const say = labels[lang];
  const marks = { passed: paint("green", "✓"), failed: paint("red", "✗"), skipped: paint("grey", "–") };
  const { request, reply } = call;
  const query = request.query === "" ? "" : `?${request.query}`;
  const text = (body: Shown["reply"]["body"]) => {
    if (body === null) return [`  ${paint("grey", say.none)}`];
    const shown = body.text === "" ? [] : [`  ${printable(body.text)}`];
    return Buffer.byteLength(body.text) + BLANKED < body.bytes
      ? [...shown, `  ${paint("grey", say.cut(body.bytes))}`]
      : shown;
  };
  const lines = [
    lineOf(call, coloured).trimEnd(),
    `${say.appTime} ${timeOf(call.app_time * 1000)}`,
    ...(call.errmsg === null ? [] : [printable(call.errmsg)]),
    "",
    ...call.checks.map((check) => `${marks[check.result]} ${check.check.padEnd(CHECK)}  ${printable(check[lang])}`),
    ...(call.fault === null ? [] : [paint("yellow", `! ${say.fault}  ${printable(call.fault)}`)]),
    "",
    `${say.sent}  ${printable(`${request.method} ${request.path}${query}`)}`,
    ...Object.entries(request.headers).map(([name, value]) => `  ${name}: ${printable(value)}`),
    ...text(request.body),
    `${say.answered}  ${reply.status}`,
    ...text(reply.body),
    ...callbacks.map(({ time_ms, verdict, milliseconds, url, reason }) =>
      `${say.asked}  ${timeOf(time_ms)}  ${verdict}  ${milliseconds} ms  ${printable(`${url}  ${reason}`)}`.trimEnd(),
    ),
    `${say.changed}${changed.length === 0 ? `  ${say.nothing}` : ""}`,
    ...changed.toReversed().flatMap(({ seq, command, steps }) => [`  #${seq} ${command}`, ...steps.map(stepOf)]),
  ];
  return `${lines.join("\n")}\n`;
}

/** The width of a check's name. */
const CHECK = 8;
/** By how many bytes a text may be shorter than what was sent only because secrets in it are blanked. */
const BLANKED = 2048;
/** How much of a value is told, in characters. */
const VALUE = 60;

/** What a step changed: the members that are not what they were. */
function stepOf({ record, before, after }: Explained["changed"][number]["steps"][number]): string {
  const members = Object.entries(after).filter(
    ([name, value]) => JSON.stringify(before?.[name]) !== JSON.stringify(value),
  );
  const shown = members.map(([name, value]) => `${name} ${before ? `${brief(before[name])} → ` : ""}${brief(value)}`);
  return `      ${record}${before ? "" : " +"} ${shown.join(", ")}`;
}

function brief(value: unknown): string {
  const text = printable(typeof value === "string" ? value : (JSON.stringify(value) ?? "-"));
  return text.length > VALUE ? `${text.slice(0, VALUE).toWellFormed()}…` : text;
}
