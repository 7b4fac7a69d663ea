import type { RouteName } from "@quanku/protocol/admin";
import type { Command } from "commander";
import type { Options } from "./admin-run.ts";
import { privateCallbacksOption, withData } from "./options.ts";

/** What can be done to a clock: the call, and the member of it that a value is for, as help writes that. */
const actions: Record<string, { name: RouteName; member?: string; example?: string }> = {
  advance: { name: "advanceClock", member: "by", example: "7d" },
  set: { name: "setClock", member: "to", example: "2026-12-01T09:00" },
  freeze: { name: "freezeClock" },
  resume: { name: "resumeClock" },
};
const names = Object.keys(actions).join(", ");

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
    .action(async (appid: string, action: string | undefined, value: string | undefined, options: Options) => {
      const call = asked(action, value);
      await (await import("./clock-run.ts")).runClock(appid, { ...call, value }, options);
    });
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
