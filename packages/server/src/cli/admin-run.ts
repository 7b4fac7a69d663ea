import { createReadStream, readFileSync, statSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import { PAGE, type RouteName } from "@quanku/protocol/admin";
import { readJson } from "@quanku/protocol/calls";
import { pino } from "pino";
import { assemble } from "../assemble.ts";
import { makeCall } from "../http/admin/call.ts";
import type { AdminAnswer, AdminServices } from "../http/admin/handler.ts";
import { placed } from "../http/admin/input.ts";
import { isProblem, type Problem } from "../http/admin/problem.ts";
import { commandLine } from "../http/admin/who.ts";
import { MerchantCallbacks } from "../outbound/merchant-callbacks.ts";
import { systemClock } from "../service/clock.ts";
import { linesOf, textOf } from "./admin-text.ts";
import { type DataPlace, openStore } from "./data.ts";
import { demoApp } from "./demo.ts";
import { finishBegun } from "./hand-out-progress.ts";

/** The form of a command that this needs: see `admin-commands.ts`. */
type Form = {
  name: RouteName;
  parameters: readonly string[];
  options: readonly { name: string }[];
  fromFile: string | undefined;
};

export type Options = Record<string, unknown>;

/** Makes a command's call on the data, and prints what it comes to. Throws what is refused, in words. */
export async function runCall(form: Form, values: readonly string[], options: Options): Promise<void> {
  const { upload, ...asked } = askedBy(form, values, options);
  await withServices(options, values[0], async (admin) => {
    const sent = upload === "-" ? process.stdin : upload && createReadStream(upload);
    const output = outputOf(admin, form, asked, { ...options, ...(sent && { upload: sent }) });
    await pipeline(output, process.stdout, { end: false });
  });
}

/** Does something with all that a server serves with, on the data that options name. */
export async function withServices(
  options: Options,
  appid: string | undefined,
  work: (services: AdminServices) => Promise<void>,
): Promise<void> {
  const { store } = await openStore(options as DataPlace);
  const allowPrivate = options.allowPrivateCallbacks === true || appid === demoApp.appid;
  const merchants = new MerchantCallbacks({ clock: systemClock, allowPrivate });
  const log = pino({ level: "warn", base: null }, pino.destination(2));
  const { admin, settle } = assemble({ store, clock: systemClock, log, merchants });
  try {
    await work(admin);
  } catch (error) {
    // Whoever reads what is printed has read enough, as head does.
    if ((error as NodeJS.ErrnoException).code !== "EPIPE") throw error;
  } finally {
    await settle();
    await store.close();
  }
}

type Given = Record<string, unknown>;
type Reply = Record<string, unknown>;

/** What a call is asked: its members, and the JSON text of its body where it is read from a file. */
export type Asked = { given: Given; text?: string };

/** Reads what was given on the command line; a file that is sent is left to be opened, and is only looked at. */
export function askedBy(form: Form, values: readonly string[], options: Options): Asked & { upload?: string } {
  const { file, ...inPath } = Object.fromEntries(form.parameters.map((name, at) => [name, values[at]]));
  const named = form.options.map(({ name }) => [name, options[camel(name)]]);
  const members: Record<string, unknown> = { ...inPath, ...Object.fromEntries(named) };
  const asked = form.fromFile ? bodyFrom(form.fromFile, options.from as string, members) : { given: members };
  if (file === undefined) return asked;
  if (file !== "-") statSync(file);
  return { ...asked, upload: file };
}

/** The body of a call with a member that has members of its own, as a file holds that; the file may hold the body itself too. */
function bodyFrom(member: string, file: string, given: Record<string, unknown>): Asked {
  const sent = readFileSync(file === "-" ? 0 : file, "utf8").replace(/^\uFEFF/, "");
  const read = readJson(sent);
  const shown = file === "-" ? "standard input" : file;
  if (!read.ok) throw new Error(`${shown}: ${read.error.detail?.replace("body: ", "") ?? "must be JSON"}`);
  const isBody = typeof read.value === "object" && read.value !== null && Object.keys(read.value).join() === member;
  const body = isBody ? (read.value as Record<string, unknown>) : { [member]: read.value };
  return { given: { ...given, ...body }, text: isBody ? sent : `{${JSON.stringify(member)}:${sent}}` };
}

const camel = (member: string) => member.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

type Sent = Options & { upload?: AsyncIterable<Uint8Array> };

/** What a command prints, piece by piece. Throws what is refused, in words. */
export async function* outputOf(services: AdminServices, form: Form, asked: Asked, how: Sent): AsyncGenerator<string> {
  const { name } = form;
  const isAll = how.all === true;
  let given = isAll ? { limit: PAGE.most, ...withoutUnset(asked.given) } : asked.given;
  for (let isFirst = true; ; isFirst = false) {
    const answer = await accepted(form, services, given, asked, how);
    if ("file" in answer) return yield* answer.file;
    const reply = await afterwards(services, form, given, replyIn(answer));
    yield* how.json === true ? linesOf(reply) : textOf(name, reply, isFirst);
    const { next } = reply;
    if (typeof next !== "string") return;
    if (!isAll) return void process.stderr.write(`quanku: there are more: --all, or --cursor ${next}\n`);
    given = { ...given, cursor: next };
  }
}

/** What there is to print of an answer once what the call began is over. */
async function afterwards(services: AdminServices, { name }: Form, { appid }: Given, reply: Reply): Promise<Reply> {
  const handOut = await finishBegun(services, name, appid as string, reply);
  if (handOut === undefined) return reply;
  const given = placed("showHandOut", { appid, hand_out: handOut });
  const answer = await makeCall(services, commandLine, "showHandOut", given);
  if (isProblem(answer)) throw new Error(answer.detail);
  return replyIn(answer);
}

const withoutUnset = (given: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));

function replyIn(answer: Exclude<AdminAnswer<never>, Problem> | { reply: object }): Reply {
  if ("json" in answer) return JSON.parse(answer.json);
  return "reply" in answer ? (answer.reply as Reply) : {};
}

async function accepted(
  form: Form,
  services: AdminServices,
  given: Record<string, unknown>,
  { text }: Asked,
  how: Sent,
) {
  const { name } = form;
  const sent = { ...(how.upload && { upload: how.upload }), ...(text !== undefined && { text }) };
  const answer = await makeCall(services, commandLine, name, placed(name, given), sent);
  if (isProblem(answer)) throw new Error(inWords(form, answer));
  return answer;
}

/** A problem in the words of the command line: fields are its arguments and options. */
function inWords({ parameters, options }: Form, { detail, errors = [] }: Problem): string {
  const placeOf = (field: string) => {
    if (parameters.includes(field)) return `<${field}>`;
    return options.some(({ name }) => name === field) ? `--${field.replaceAll("_", "-")}` : field;
  };
  if (errors.length === 0) return detail;
  return errors.map(({ field, detail }) => `${placeOf(field)} ${detail}`).join("; ");
}
