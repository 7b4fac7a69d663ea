import { errorText } from "@quanku/protocol/codes";
import { type Command, Option } from "commander";
import { isRefusal, type Refusal } from "../domain/outcome.ts";
import type { App } from "../domain/records.ts";
import { type Apps, DEFAULT_TOKEN_QUOTA } from "../service/apps.ts";
import { showApp } from "../wire/app.ts";
import { tellRefusal } from "../wire/refusals.ts";
import { withStore } from "./data.ts";
import { count, print, withData } from "./options.ts";
import { secretsRead, withSecret } from "./secrets.ts";
import { settingsGiven, withSettings } from "./settings-options.ts";

/** Adds `quanku app …`; answers it, for more to be added. */
export function addAppCommands(program: Command): Command {
  const app = program.command("app").description("create and manage apps: each is a tenant with coupons of its own");

  withData(withSecret(app.command("create"), secretOption()))
    .description("create an app and print it as JSON; the secret is shown this once and stored as a hash only")
    .requiredOption("--appid <appid>", "1-64 of A-Z a-z 0-9 _ -")
    .option("--sandbox", "a sandbox, with a clock that can be moved and faults that can be ordered; for good", false)
    .option("--token-quota <fetches>", "token fetches a day, of each kind", count, DEFAULT_TOKEN_QUOTA)
    .addHelpText(
      "after",
      `
Examples:
  quanku app create --appid wx0123456789abcdef
  quanku app create --appid wx0123456789abcdef --sandbox
  quanku app create --appid wx0123456789abcdef --secret-from /run/secrets/quanku`,
    )
    .action(async (given) => {
      const { appid, secret, tokenQuota, sandbox, ...place } = await secretsRead(given);
      const create = async ({ apps }: { apps: Apps }) =>
        print(accepted(await apps.create(appid, { secret, tokenQuota, sandbox }, "command_line")));
      await withStore(place, create, { mayCreate: true });
    });

  withData(app.command("list"))
    .description("print every app as a line of JSON")
    .action((place) =>
      withStore(place, async ({ apps }) => {
        for (const { appid, createdAt, tokenQuota, sandbox } of await apps.list())
          print({ appid, create_time: createdAt, token_quota: tokenQuota, sandbox: sandbox !== null });
      }),
    );

  withData(app.command("show <appid>"))
    .description("print an app and its settings as JSON; keys and tokens are masked")
    .action((appid, place) => withStore(place, async ({ apps }) => print(showApp(await existing(apps, appid)))));

  withData(withSettings(app.command("set <appid>")))
    .description("change settings of an app and print it; a server that runs honours them within a second")
    .addHelpText(
      "after",
      `
Examples:
  quanku app set wx0123456789abcdef --claims-per-minute 6000
  quanku app set wx0123456789abcdef --claim-mode callback --callback-url https://shop.example/coupon --callback-token-from env:TOKEN`,
    )
    .action(async (appid, options) => {
      const given = await secretsRead(options);
      await withStore(given, async ({ apps }) => {
        await existing(apps, appid);
        print(showApp(accepted(await apps.configure(appid, settingsGiven(given), "command_line")).app));
      });
    });

  withData(withSecret(app.command("rotate-secret <appid>"), secretOption()))
    .description("give an app a new secret and print it; its tokens die within a second")
    .action(async (appid, given) => {
      const { secret, ...place } = await secretsRead(given);
      await withStore(place, async ({ apps }) => {
        await existing(apps, appid);
        print(accepted(await apps.rotateSecret(appid, "command_line", secret)));
      });
    });
  return app;
}

const secretOption = () => new Option("--secret <secret>", "16-128 characters; made for you when left out");

/** The app; throws, saying how to make one, where there is none. */
export async function existing(apps: Apps, appid: string): Promise<App> {
  const app = await apps.find(appid);
  if (!app) throw new Error(`no app ${appid} in this store: create it with quanku app create --appid ${appid}`);
  return app;
}

/** What a command came to; throws why it was refused. */
export function accepted<T extends object>(answer: T | Refusal): T {
  if (!isRefusal(answer)) return answer;
  const { errcode, detail } = tellRefusal(answer);
  throw new Error(detail ?? errorText({ errcode }));
}
