import { statSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import { Command, Option } from "commander";
import packageJson from "../../package.json" with { type: "json" };
import { exportApp } from "../wire/export.ts";
import { addAdminCommands } from "./admin-commands.ts";
import { addAppCommands, existing } from "./app-commands.ts";
import { addBackupCommand } from "./backup-command.ts";
import { addCallbackCommands } from "./callbacks-command.ts";
import { addClockCommand } from "./clock-command.ts";
import { withStore } from "./data.ts";
import { checkOptions, unknownVariables } from "./environment.ts";
import { addLogsCommand } from "./logs-command.ts";
import { addOperatorCommands } from "./operator-commands.ts";
import { ipAddress, portNumber, print, privateCallbacksOption, withData } from "./options.ts";
import { runProgram } from "./run-program.ts";
import { importSnapshot } from "./snapshot-file.ts";
import { addTlsCommands, withTls } from "./tls/command.ts";
import { addVerifyCommand } from "./verify-command.ts";

const program = new Command("quanku")
  .description("Quanku 券库: a self-hosted coupon server that speaks WeChat's shop coupon API")
  .version(packageJson.version)
  .showHelpAfterError()
  .addHelpText(
    "after",
    `
Examples:
  quanku serve --demo                          the documented sample shop on http://127.0.0.1:8080
  quanku app create --appid wx0123456789abcdef an app of your own; prints its secret once
  quanku serve --host 0.0.0.0 --port 80        serve your apps
  quanku operator create li --role owner       somebody who may see and steer them; prints a password once
  quanku import shop.jsonl --appid wx0123456789abcdef
  DATABASE_URL=postgres://quanku:…@db.internal/quanku quanku serve    as many processes as you like on one database`,
  );

withTls(withData(program.command("serve")))
  .description("serve the coupon API")
  .option("--host <address>", "address to listen on", "127.0.0.1")
  .addOption(
    new Option("--port <port>", "port to listen on; 0 takes a free one")
      .env("PORT")
      .default(8080)
      .argParser(portNumber),
  )
  .addOption(
    new Option("--metrics-port <port>", "serve /metrics at a port of its own, and no longer at the other")
      .env("QUANKU_METRICS_PORT")
      .argParser(portNumber),
  )
  .addOption(
    new Option("--metrics-host <address>", "address that --metrics-port is on")
      .env("QUANKU_METRICS_HOST")
      .default("127.0.0.1"),
  )
  .addOption(privateCallbacksOption())
  .addOption(
    new Option(
      "--trusted-proxy <address>",
      "the address of a proxy before the server: the last address in its X-Forwarded-For is whose guesses at passwords are counted",
    )
      .env("QUANKU_TRUSTED_PROXY")
      .argParser(ipAddress),
  )
  .option("--demo", "create the documented sample shop in an empty data directory; loopback only", false)
  .addOption(
    new Option("--log-level <level>", "least severe log line to write")
      .choices(["debug", "info", "warn", "error", "silent"])
      .default("info"),
  )
  .action(async (options) => (await import("./serve.ts")).serve(options));

addCallbackCommands(program, addAppCommands(program));
addOperatorCommands(program);
addTlsCommands(program);

withData(program.command("import <file>"))
  .description("bring a snapshot (JSON Lines, oldest first) of a shop into an app")
  .requiredOption("--appid <appid>", "the app to import into; create it first")
  .addHelpText(
    "after",
    `
Stock comes from coupon lines alone: user coupons move none, since the stock beside a live shop's coupon has counted them
already. A coupon line without coupon_stock leaves the stock here as it is.

A later snapshot of the same shop can be imported over an earlier one: what changed there since is taken over. A line that
is older than what is here, or that would make a used coupon usable again, is refused and named. Where both shops went on
giving coupons away their numbers cannot be told apart: let nobody claim here until the last import.

Prints how many lines were new, changed and unchanged.

Example:
  quanku import shop.jsonl --appid wx0123456789abcdef`,
  )
  .action((file, { appid, ...place }) =>
    withStore(place, async ({ apps, ledger }) => {
      await existing(apps, appid);
      statSync(file);
      const counts = await importSnapshot({ ledger, file, appid, by: "command_line", onProgress: showProgress });
      process.stderr.write("\nuser coupons moved no stock: it is what the coupon lines say\n");
      print({ appid, ...counts });
    }),
  );

withData(program.command("export"))
  .description("write a snapshot of an app (JSON Lines, as import reads it) to standard output")
  .requiredOption("--appid <appid>", "the app to export")
  .addHelpText(
    "after",
    `
A snapshot holds coupons, stock and wallets; no settings, tokens, request ids of claims or history. What changes while it
is written may be in it or not.

Example:
  quanku export --appid wx0123456789abcdef > shop.jsonl`,
  )
  .action(({ appid, ...place }) =>
    withStore(place, async ({ apps, ledger, store }) => {
      await existing(apps, appid);
      await pipeline(exportApp({ reads: store, ledger }, appid, "command_line"), process.stdout, { end: false });
    }),
  );

addAdminCommands(program);
addClockCommand(program);
addLogsCommand(program);
addVerifyCommand(program);
addBackupCommand(program);

function showProgress(lines: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${lines} lines imported`);
}

program.hook("preAction", (_, command) => {
  checkOptions(command);
  const unknown = unknownVariables(program);
  if (unknown.length > 0)
    process.stderr.write(`quanku: nothing reads ${unknown.join(", ")} of the environment: see quanku serve --help\n`);
});

await runProgram(program);
