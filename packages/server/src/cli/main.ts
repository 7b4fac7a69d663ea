import { statSync } from "node:fs";
import { errorText } from "@quanku/protocol";
import { Command, InvalidArgumentError, Option } from "commander";
import packageJson from "../../package.json" with { type: "json" };
import { isRefusal, type Refusal } from "../domain/outcome.ts";
import { tellRefusal } from "../http/refusals.ts";
import { DEFAULT_TOKEN_QUOTA } from "../service/apps.ts";
import { defaultDataDir, withStore } from "./data.ts";
import { serve } from "./serve.ts";
import { importSnapshot } from "./snapshot-file.ts";

const dataDirOption = () =>
  new Option("--data-dir <dir>", "where data is kept (QUANKU_DATA_DIR)").default(defaultDataDir());
const print = (value: object): void => void process.stdout.write(`${JSON.stringify(value)}\n`);

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
  quanku import shop.jsonl --appid wx0123456789abcdef`,
  );

program
  .command("serve")
  .description("serve the coupon API")
  .option("--host <address>", "address to listen on", "127.0.0.1")
  .addOption(
    new Option("--port <port>", "port to listen on; 0 takes a free one")
      .env("PORT")
      .default(8080)
      .argParser(portNumber),
  )
  .addOption(dataDirOption())
  .option("--demo", "create the documented sample shop in an empty data directory; loopback only", false)
  .addOption(
    new Option("--log-level <level>", "least severe log line to write")
      .choices(["debug", "info", "warn", "error", "silent"])
      .default("info"),
  )
  .action(serve);

const app = program.command("app").description("create and manage apps: each is a tenant with coupons of its own");

app
  .command("create")
  .description("create an app and print it as JSON; the secret is shown this once and stored as a hash only")
  .requiredOption("--appid <appid>", "1-64 of A-Z a-z 0-9 _ -")
  .option("--secret <secret>", "16-128 characters; made for you when left out")
  .option("--token-quota <fetches>", "token fetches a day, of each kind", Number, DEFAULT_TOKEN_QUOTA)
  .addOption(dataDirOption())
  .action(({ appid, secret, tokenQuota, dataDir }) =>
    withStore(dataDir, async ({ apps }) => print(accepted(await apps.create(appid, { secret, tokenQuota })))),
  );

app
  .command("list")
  .description("print every app as a line of JSON")
  .addOption(dataDirOption())
  .action(({ dataDir }) =>
    withStore(dataDir, async ({ apps }) => {
      for (const { appid, createdAt, tokenQuota } of await apps.list())
        print({ appid, create_time: createdAt, token_quota: tokenQuota });
    }),
  );

app
  .command("rotate-secret <appid>")
  .description("give an app a new secret and print it; its tokens die within a second")
  .option("--secret <secret>", "16-128 characters; made for you when left out")
  .addOption(dataDirOption())
  .action((appid, { secret, dataDir }) =>
    withStore(dataDir, async ({ apps }) => print(accepted(await apps.rotateSecret(appid, secret)))),
  );

program
  .command("import <file>")
  .description("bring a snapshot (JSON Lines, oldest first) of a shop into an app")
  .requiredOption("--appid <appid>", "the app to import into; create it first")
  .addOption(dataDirOption())
  .action((file, { appid, dataDir }) =>
    withStore(dataDir, async ({ apps, ledger }) => {
      if (!(await apps.find(appid)))
        throw new Error(`no app ${appid} in ${dataDir}: create it with quanku app create --appid ${appid}`);
      statSync(file);
      const lines = await importSnapshot({ ledger, file, appid, onProgress: showProgress });
      process.stderr.write("\n");
      print({ appid, imported: lines });
    }),
  );

function showProgress(lines: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${lines} lines imported`);
}

function accepted<T extends object>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(errorText(tellRefusal(answer)));
  return answer;
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new InvalidArgumentError("give a number from 0 to 65535");
  return port;
}

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`quanku: ${explain(error as NodeJS.ErrnoException)}\n`);
  process.exitCode = 1;
}

function explain(error: NodeJS.ErrnoException): string {
  if (error.code === "EADDRINUSE") return "the port is taken: choose another with --port, or stop what listens there";
  if (error.code === "ENOENT") return `no such file: ${error.path}`;
  return error.message;
}
