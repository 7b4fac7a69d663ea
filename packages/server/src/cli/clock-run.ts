import type { RouteName } from "@quanku/protocol/admin";
import { makeCall } from "../http/admin/call.ts";
import type { AdminServices } from "../http/admin/handler.ts";
import { placed } from "../http/admin/input.ts";
import { isProblem } from "../http/admin/problem.ts";
import { commandLine } from "../http/admin/who.ts";
import { type Options, withServices } from "./admin-run.ts";
import { table } from "./admin-text.ts";
import { print } from "./options.ts";
import { progressLine } from "./progress-line.ts";

/** How often it is looked where the clock has come to, in milliseconds. */
const LOOK_MS = 250;

type Shown = { now: number; real: number; ahead: number; frozen: boolean };
type Reply = { clock: Shown; passed?: { user_coupons: number; coupons: number; holds: number } };
type Call = { name: RouteName; given: object; value: string | undefined };

/** Shows or moves the clock of an app, and prints what it shows then; `value` is how the user gave what is `given`. */
export const runClock = (appid: string, call: Call, options: Options): Promise<void> =>
  withServices(options, appid, (services) => run(services, appid, call, options));

async function run(
  services: AdminServices,
  appid: string,
  { name, given, value }: Call,
  { json }: Options,
): Promise<void> {
  const stop = watch(services, appid);
  const answer = await makeCall(services, commandLine, name, placed(name, { appid, ...given })).finally(stop);
  if (isProblem(answer))
    throw new Error(answer.errors?.map(({ detail }) => `${value} ${detail}`).join() ?? answer.detail);
  const { reply } = answer as unknown as { reply: Reply };
  if (json === true) print(reply);
  else process.stdout.write(told(reply));
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
