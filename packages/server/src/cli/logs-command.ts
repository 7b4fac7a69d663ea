import { setTimeout as sleep } from "node:timers/promises";
import { type Command, InvalidArgumentError, Option } from "commander";
import { CALLS_KEPT, type CallFilter, type KeptCall } from "../domain/sandbox/call-log.ts";
import { explain, showLogged, whyNoLog } from "../http/admin/sandbox/calls.ts";
import type { Store } from "../store/store.ts";
import { existing } from "./app-commands.ts";
import { type DataPlace, withStore } from "./data.ts";
import { explained, type Language, lineOf } from "./logs-text.ts";
import { count, print, withData } from "./options.ts";

/** How often it is looked for new calls, in milliseconds, and how many are read at once. */
const [POLL_MS, PAGE] = [250, 200];

type Options = DataPlace & {
  limit: number;
  follow: boolean;
  json: boolean;
  lang: Language;
  call?: string;
  code?: number;
  openid?: string;
  coupon?: string;
  rid?: string;
};

/** Adds `quanku logs`: the calls of a sandbox app, and one of them explained. */
export function addLogsCommand(program: Command): void {
  withData(program.command("logs <appid>"))
    .description("show the calls of a sandbox app, the newest last; tokens, secrets and keys are blanked")
    .option("-f, --follow", "go on with calls as they come, until it is interrupted", false)
    .option("--call <name>", "only calls of this name, as claim; token and stable_token fetch a token")
    .addOption(new Option("--code <errcode>", "only calls that came to this; 0: that succeeded").argParser(errcode))
    .option("--openid <openid>", "only calls that name this person")
    .option("--coupon <id>", "only calls that name this coupon, by its out_coupon_id")
    .option("--rid <rid>", "explain one call: what was checked of it, what was sent, answered and changed")
    .option("--limit <calls>", `how many; ${CALLS_KEPT.count} of the last 7 days are kept`, count, 20)
    .option("--json", "print each call as a line of JSON", false)
    .addOption(
      new Option("--lang <language>", "the language that a call is explained in; that of LANG unless given").choices([
        "zh",
        "en",
      ]),
    )
    .addHelpText(
      "after",
      `
A call is written down a moment after it was answered: what was answered just before a server is killed may be missing.

Examples:
  quanku logs wx0123456789abcdef -f
  quanku logs wx0123456789abcdef --call claim --code 1090029
  quanku logs wx0123456789abcdef --rid 6553f100-bf1feb73-509c0e61`,
    )
    .action((appid: string, options: Options) =>
      withStore(options, async ({ apps, store }) => {
        const app = await existing(apps, appid);
        if (app.sandbox === null) throw new Error(whyNoLog(appid));
        if (options.rid === undefined || options.follow) await list(store, appid, options);
        else await one(store, appid, options.rid, options);
      }),
    );
}

/** Prints one call, explained. */
async function one(store: Store, appid: string, rid: string, options: Options): Promise<void> {
  const { json, lang = languageOf(process.env) } = options;
  const found = await explain(store, appid, rid);
  if (!found) throw new Error(`no call ${JSON.stringify(rid)} of ${appid} is kept: see quanku logs ${appid}`);
  if (json) print(found);
  else process.stdout.write(explained(found, { lang, coloured: isColoured() }));
}

/** Prints the last calls, and those that come where they are followed. */
async function list(store: Store, appid: string, options: Options): Promise<void> {
  const { limit, follow, json, call, code, openid, coupon: outCouponId, rid } = options;
  const filter: CallFilter = { call, code, openid, outCouponId, rid };
  const interrupted = follow ? whenInterrupted() : undefined;
  const coloured = isColoured();
  const show = (kept: KeptCall) =>
    json ? print(showLogged(kept)) : void process.stdout.write(lineOf(showLogged(kept), coloured));
  const [newest] = await store.listCalls(appid, {}, null, 1);
  const from = newest?.nth ?? 0;
  const last = await store.listCalls(appid, filter, from + 1, limit);
  for (const kept of last.toReversed()) show(kept);
  if (interrupted) return followFrom(store, appid, from, interrupted, (kept) => isAsked(kept, filter) && show(kept));
  if (last.length === 0 && !json) process.stdout.write("there are none\n");
}

/** Ends when the process is interrupted, or nobody reads any more what it prints. */
function whenInterrupted(): AbortSignal {
  const interrupted = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => interrupted.abort());
  process.stdout.on("error", () => interrupted.abort());
  return interrupted.signal;
}

/** Tells calls as they come, until `signal` says to end. */
async function followFrom(
  store: Store,
  appid: string,
  from: number,
  signal: AbortSignal,
  tell: (kept: KeptCall) => unknown,
): Promise<void> {
  let last = from;
  while (!signal.aborted) {
    const calls = await store.listCallsAfter(appid, last, PAGE);
    for (const kept of calls) tell(kept);
    last = calls.at(-1)?.nth ?? last;
    if (calls.length < PAGE) await sleep(POLL_MS, undefined, { signal }).catch(() => {});
  }
}

const isAsked = (kept: KeptCall, filter: CallFilter): boolean =>
  Object.entries(filter).every(([name, value]) => value === undefined || kept[name as keyof CallFilter] === value);

const isColoured = (): boolean => process.stdout.isTTY === true && !process.env.NO_COLOR;

/** The language that the environment asks for, as the C library reads it. */
const languageOf = ({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): Language =>
  (LC_ALL || LC_MESSAGES || LANG || "").toLowerCase().startsWith("zh") ? "zh" : "en";

/** Reads a code of the wire. */
function errcode(text: string): number {
  if (!/^-?\d{1,9}$/.test(text)) throw new InvalidArgumentError("give a code such as 1090029, or 0");
  return Number(text);
}
