import type { Command } from "commander";
import { HOUSE } from "../domain/records.ts";
import { verify } from "../service/verification.ts";
import { withStore } from "./data.ts";
import { print, withData } from "./options.ts";
import { progressLine } from "./progress-line.ts";

/** How much is read at a time: nobody else waits for this process. */
const SLICE = 400;

export function addVerifyCommand(program: Command): void {
  withData(program.command("verify [appid]"))
    .description("recompute stock, counts, limits, statuses, orders and reports from the journal, and compare")
    .option("--json", "print a line of JSON for each app", false)
    .addHelpText(
      "after",
      `
Reads only, as of one moment, also beside running servers. Without an appid all apps are verified, and the
house: its operators. Tells the first journal
entry that does not follow, and what is not as the journal says, at most 100 things for each app; then the exit code is 1.

Keep the digest that it prints somewhere else: an earlier journal of the app ended with it, and whoever rewrites the
whole journal cannot make it that again.

Examples:
  quanku verify
  quanku verify wx0123456789abcdef --json`,
    )
    .action((appid: string | undefined, { json, ...place }) =>
      withStore(place, async ({ store }) => {
        const appids = appid === undefined ? [...(await store.listApps()).map((app) => app.appid), HOUSE] : [appid];
        if (appid !== undefined && !(await store.app(appid))) throw new Error(`no app ${appid} in this store`);
        for (const each of appids) {
          const line = progressLine();
          const verdict = await verify(store, each, {
            slice: SLICE,
            onProgress: ({ entries, of, records }) =>
              line.show(`${nameOf(each)}: ${entries} of ${of} entries, ${records} records`),
          });
          line.clear();
          const isRight = verdict.faults.length === 0;
          if (!isRight) process.exitCode = 1;
          if (json) print({ appid: each, state: isRight ? "right" : "wrong", ...verdict });
          else process.stdout.write(tellVerdict(each, verdict));
        }
      }),
    );
}

/** What operators did is in the journal of the house. */
const nameOf = (appid: string) => (appid === HOUSE ? "the house" : appid);

/** A verdict as people read it: how it came out, then each fault on a line. */
export function tellVerdict(
  appid: string,
  { entries, records, faults, head }: Awaited<ReturnType<typeof verify>>,
): string {
  const size = `${entries} entries, ${records} records`;
  if (faults.length === 0) return `${nameOf(appid)} is right: ${size}, digest ${head ?? "none"}\n`;
  const lines = faults.map(({ entry, what }) => `  ${entry === null ? "" : `entry ${entry}: `}${what}`);
  return `${nameOf(appid)} is WRONG: ${size}\n${lines.join("\n")}\n`;
}
