import type { Command } from "commander";
import { CALLBACKS_KEPT, type CallbackAttempt } from "../domain/claims/attempts.ts";
import { systemClock } from "../service/clock.ts";
import { existing } from "./app-commands.ts";
import { withStore } from "./data.ts";
import { demoApp } from "./demo.ts";
import { count, print, privateCallbacksOption, withData } from "./options.ts";

/** Adds what lets a developer see how a callback was asked: `quanku callbacks` and `quanku app verify-callback`. */
export function addCallbackCommands(program: Command, app: Command): void {
  withData(app.command("verify-callback <appid>"))
    .description("check that the app's callback URL knows its token: sends echostr and explains what comes back")
    .addOption(privateCallbacksOption())
    .action((appid, { allowPrivateCallbacks, ...place }) =>
      withStore(place, async ({ apps, store }) => {
        const configured = await existing(apps, appid);
        const url = configured.settings.callbackUrl;
        if (url === null)
          throw new Error(`${appid} has no callback URL: set one with quanku app set ${appid} --callback-url`);
        const allowPrivate = allowPrivateCallbacks || appid === demoApp.appid;
        const { MerchantCallbacks } = await import("../outbound/merchant-callbacks.ts");
        const merchants = new MerchantCallbacks({ clock: systemClock, allowPrivate });
        const attempt = await merchants.verifyUrl(configured, url);
        await merchants.close();
        await store.keepCallbacks([attempt]);
        process.stdout.write(tellAttempt(attempt));
        if (attempt.verdict !== "proved") process.exitCode = 1;
      }),
    );

  withData(program.command("callbacks <appid>"))
    .description("show how an app's callback was asked and what it answered, newest first; keys and tokens are blanked")
    .option("--limit <attempts>", `how many; ${CALLBACKS_KEPT.count} of the last 7 days are kept`, count, 20)
    .option("--json", "print each attempt as a line of JSON", false)
    .action((appid, { limit, json, ...place }) =>
      withStore(place, async ({ apps, store }) => {
        await existing(apps, appid);
        const attempts = await store.listCallbacks(appid, {}, null, limit);
        for (const attempt of attempts)
          if (json) print(attempt);
          else process.stdout.write(tellAttempt(attempt));
        if (attempts.length === 0 && !json) process.stdout.write(`the callback of ${appid} was not asked yet\n`);
      }),
    );
}

/** An attempt as people read it: the verdict first, then what was said, each part only where there is one. */
export function tellAttempt(attempt: CallbackAttempt): string {
  const { at, purpose, requestId, url, message, request, status, reply, read, milliseconds, verdict, reason } = attempt;
  const lines = [
    `${new Date(at).toISOString()}  ${purpose} ${requestId}  ${verdict} in ${milliseconds} ms  ${url}`,
    reason && `  why       ${reason}`,
    message && `  asked     ${message}`,
    request !== message && `  as sent   ${request}`,
    status !== null && `  answered  ${status} ${read ?? reply ?? ""}`,
    status !== null && read !== null && read !== reply && `  as sent   ${reply}`,
  ];
  return `${lines.filter(Boolean).join("\n")}\n`;
}
