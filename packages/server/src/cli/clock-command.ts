import type { RouteName } from "@quanku/protocol/admin";
import type { Command } from "commander";
import { makeCall } from "../http/admin/call.ts";
import type { AdminServices } from "../http/admin/handler.ts";
import { placed } from "../http/admin/input.ts";
import { isProblem } from "../http/admin/problem.ts";
import { commandLine } from "../http/admin/who.ts";
import { type Options, withServices } from "./admin-run.ts";
import { table } from "./admin-text.ts";
import { print, privateCallbacksOption, withData } from "./options.ts";
import { progressLine } from "./progress-line.ts";

/** What can be done to a clock: the call, and the member of it that a value is for, as help writes that. */
const actions: Record<string, { name: RouteName; member?: string; example?: string }> = {
  advance: { name: "advanceClock", member: "by", example: "7d" },
  set: { name: "setClock", member: "to", example: "2026-12-01T09:00" },
  freeze: { name: "freezeClock" },
  resume: { name: "resumeClock" },
};
const names = Object.keys(actions).join(", ");

/** How often it is looked where the clock has come to, in milliseconds. */
const LOOK_MS = 250;

type Shown = { now: number; real: number; ahead: number; frozen: boolean };
type Reply = { clock: Shown; passed?: { user_coupons: number; coupons: number; holds: number } };

/** Adds `quanku clock`. */
export function addClockCommand(program: Command): void {
  const command = program.command("clock");
  withData(command)
    .description("show or move the clock of a sandbox app")
    .argument("<appid>", "a sandbox app")
    .argument("[action]", `${names}; shows the clock when left out`)
    .argument("[value]", "how far it is advanced, or what it is set to")
    .option("--json", "print JSON", false)
    .addOption(privateCallbacksOption())
    .addHelpText(
      "after",
      `
All that happens in a sandbox app happens at the time that its clock shows. Set forward, it goes through what is due on the
way: claims that were left open are asked about again and given back, user coupons and coupons expire, each at its time and
in its order. It never goes back. A server that runs honours it within a second, claims at once.

A length of time is weeks, days, hours, minutes and seconds, such as 2w3d or 1h30m, or a number of seconds. A time is one of
UTC+8, where the platform's days begin, unless it ends with Z or an offset such as +00:00; or Unix seconds. While a clock
stands still, what is promised to a claim that nobody decides stays promised.

Examples:
  quanku clock wx0123456789abcdef
  quanku clock wx0123456789abcdef advance 7d
  quanku clock wx0123456789abcdef set 2026-12-01T09:00
  quanku clock wx0123456789abcdef freeze
  quanku clock wx0123456789abcdef resume`,
    )
    .action((appid: string, action: string | undefined, value: string | undefined, options: Options) =>
      withServices(options, appid, (services) => run(services, appid, action, value, options)),
    );
}

async function run(
  services: AdminServices,
  appid: string,
  action: string | undefined,
  value: string | undefined,
  { json }: Options,
): Promise<void> {
  const { name, given } = asked(action, value);
  const stop = watch(services, appid);
  const answer = await makeCall(services, commandLine, name, placed(name, { appid, ...given })).finally(stop);
  if (isProblem(answer))
    throw new Error(answer.errors?.map(({ detail }) => `${value} ${detail}`).join() ?? answer.detail);
  const { reply } = answer as unknown as { reply: Reply };
  if (json === true) print(reply);
  else process.stdout.write(told(reply));
}

/** Which call, and what it is given. Throws, saying what to give, where that is none. */
function asked(action: string | undefined, value: string | undefined): { name: RouteName; given: object } {
  if (action === undefined) return { name: "showClock", given: {} };
  const known = Object.hasOwn(actions, action) ? actions[action] : undefined;
  if (!known) throw new Error(`clock knows no ${action}: give one of ${names}, or nothing to show the clock`);
  const { name, member, example } = known;
  if (member && value === undefined) throw new Error(`${action} what? Say it as in: ${action} ${example}`);
  if (!member && value !== undefined) throw new Error(`${action} takes no value: leave out ${value}`);
  return { name, given: member ? { [member]: value } : {} };
}

/** Says on a terminal where the clock has come to, until it is told to stop. */
function watch({ clocks }: AdminServices, appid: string): () => void {
  if (!process.stderr.isTTY) return () => {};
  const line = progressLine();
  const look = async () => {
    const shown = await clocks.show(appid);
    if ("now" in shown) line.show(`the clock has come to ${timeText(shown.now)}`);
  };
  const timer = setInterval(() => void look().catch(() => {}), LOOK_MS);
  return () => {
    clearInterval(timer);
    line.clear();
  };
}

function told({ clock: { now, real, ahead, frozen }, passed }: Reply): string {
  const rows = [
    ["app's time", `${timeText(now)} (${now})${frozen ? ", standing still" : ""}`],
    ["real time", `${timeText(real)} (${real})`],
    [ahead < 0 ? "behind by" : "ahead by", ahead === 0 ? "nothing" : lengthText(Math.abs(ahead))],
  ];
  if (passed) {
    const { user_coupons, coupons, holds } = passed;
    rows.push([
      "on the way",
      `${user_coupons} user coupons expired, ${coupons} coupons expired, ${holds} holds given back`,
    ]);
  }
  return [...table(rows)].join("");
}

/** How far UTC+8 is ahead of UTC, in seconds. */
const AHEAD = 8 * 3600;

/** A second as the platform's day has it. */
const timeText = (second: number) => new Date((second + AHEAD) * 1000).toISOString().replace(".000Z", "+08:00");

/** A length of time as it can be given. */
function lengthText(seconds: number): string {
  let left = seconds;
  let text = "";
  for (const [unit, length] of units) {
    const count = Math.floor(left / length);
    left -= count * length;
    if (count > 0) text += `${count}${unit}`;
  }
  return text;
}

const units = [
  ["d", 86_400],
  ["h", 3600],
  ["m", 60],
  ["s", 1],
] as const;
