import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { callLog } from "./cases/call-log.ts";
import type { Case } from "./cases/case.ts";
import { ceilings } from "./cases/ceilings.ts";
import { claimHot } from "./cases/claim-hot.ts";
import { claimMemory } from "./cases/claim-memory.ts";
import { claimPostgres } from "./cases/claim-postgres.ts";
import { claimProof, claimProofPostgres } from "./cases/claim-proof.ts";
import { claimWide } from "./cases/claim-wide.ts";
import { coldStart } from "./cases/cold-start.ts";
import { consoleCase } from "./cases/console.ts";
import { deepPage } from "./cases/deep-page.ts";
import { deepPagePostgres } from "./cases/deep-page-postgres.ts";
import { handOutBeside } from "./cases/hand-out-beside.ts";
import { hotCoupon } from "./cases/hot-coupon.ts";
import { killRestart } from "./cases/kill-restart.ts";
import { list } from "./cases/list.ts";
import { listWhileClaiming } from "./cases/list-while-claiming.ts";
import { quoting, redeeming } from "./cases/orders.ts";
import { pricing } from "./cases/pricing.ts";
import { verifying, verifyingPostgres } from "./cases/verify.ts";
import { type Figure, judge } from "./figures.ts";
import { startGenerator, temporaryDirectory } from "./processes.ts";
import { details, table } from "./report.ts";
import { describeMachine } from "./system.ts";

/** In the order they run. A new case is a file in `cases/` and a place here. */
const onSqlite: Case[] = [
  list,
  deepPage,
  hotCoupon,
  claimHot,
  claimWide,
  claimMemory,
  killRestart,
  claimProof,
  callLog,
  handOutBeside,
  listWhileClaiming,
  pricing,
  quoting,
  redeeming,
  coldStart,
  consoleCase,
  verifying,
];
const onPostgres: Case[] = [claimPostgres, claimProofPostgres, deepPagePostgres, verifyingPostgres];
/** What explains figures and is none of them: run only when asked for. */
const onRequest: Case[] = [ceilings];
const cases = [...onSqlite, ...onPostgres, ...onRequest];

const paces = {
  usual: { rounds: 6, ms: 2000, warmUpMs: 300, generations: 3 },
  quick: { rounds: 3, ms: 700, warmUpMs: 150, generations: 1 },
};

const options = new Command("npm run bench --")
  .description(
    "Measures Quanku against references in the same run, side by side, and prints ratios.\n" +
      "Exits with 1 if one is past its floor.",
  )
  .addOption(new Option("--only <name...>", "run these cases only").choices(cases.map(({ name }) => name)))
  .option("--postgres", "the cases on PostgreSQL, which is started for them", false)
  .option("--quick", "short rounds and smaller data: about four minutes, and noisier", false)
  .option(
    "--coupons <number>",
    "size of the large catalogue, and of what is verified (default: 1000000, with --quick 200000)",
    couponNumber,
  )
  .option("--profile <dir>", "let Quanku write CPU profiles here (*.cpuprofile, for Chrome's DevTools)")
  .showHelpAfterError()
  .addHelpText(
    "after",
    `
Cases:
${cases.map(({ name, about }) => `  ${name.padEnd(20)} ${about}`).join("\n")}

Examples:
  npm run bench                                 everything on SQLite, about fifteen minutes
  npm run bench -- --quick                      everything on SQLite, about four minutes
  npm run bench -- --postgres                   the cases on PostgreSQL
  npm run bench -- --only list hot-coupon       two of the cases
  npm run bench -- --only ceilings              what a claim must cost, a step at a time
  npm run bench -- --only deep-page --coupons 100000
  npm run bench -- --only list --profile /tmp/profiles`,
  )
  .parse()
  .opts<{ only?: string[]; postgres: boolean; quick: boolean; coupons?: number; profile?: string }>();

function couponNumber(text: string): number {
  const coupons = Number(text);
  if (!Number.isInteger(coupons) || coupons < 1000 || coupons % 1000 !== 0)
    throw new InvalidArgumentError("give a multiple of 1000");
  return coupons;
}

function chosen(): Case[] {
  const { only, postgres } = options;
  if (only) return cases.filter(({ name }) => only.includes(name));
  return postgres ? onPostgres : onSqlite;
}

async function main(): Promise<void> {
  const begin = performance.now();
  const scratch = temporaryDirectory();
  process.stdout.write(`${describeMachine(scratch.path)}\n\n`);
  scratch.remove();
  if (options.profile) mkdirSync(options.profile, { recursive: true });

  const generator = startGenerator();
  const figures: Figure[] = [];
  for (const { name, about, run } of chosen()) {
    process.stdout.write(`${name}: ${about}\n`);
    const measured = await run({
      run: generator.run,
      pace: options.quick ? paces.quick : paces.usual,
      isQuick: options.quick,
      coupons: options.coupons ?? (options.quick ? 200_000 : 1_000_000),
      profileTo: options.profile && resolve(options.profile),
    });
    process.stdout.write(`${measured.map(details).join("")}\n`);
    figures.push(...measured);
  }
  await generator.stop();
  process.stdout.write(`${table(figures)}\n\n  took ${((performance.now() - begin) / 1000).toFixed(0)} s\n`);
  if (figures.some((figure) => judge(figure) === "FLOOR BROKEN")) process.exitCode = 1;
}

await main().catch((error: Error) => {
  process.stderr.write(`bench: ${error.message}\n`);
  process.exit(1);
});
