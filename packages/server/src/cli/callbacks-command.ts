import type { Command } from "commander";
import { CALLBACKS_KEPT, type CallbackAttempt } from "../store/store.ts";
import { existing } from "./app-commands.ts";
import { withStore } from "./data.ts";
import { count, dataDirOption, print } from "./options.ts";

/** Adds `quanku callbacks`. */
export function addCallbacksCommand(program: Command): void {
  program
    .command("callbacks <appid>")
    .description("show how an app's callback was asked and what it answered, newest first; keys and tokens are blanked")
    .option("--limit <attempts>", `how many; ${CALLBACKS_KEPT.count} of the last 7 days are kept`, count, 20)
    .option("--json", "print each attempt as a line of JSON", false)
    .addOption(dataDirOption())
    .action((appid, { limit, json, dataDir }) =>
      withStore(dataDir, async ({ apps, store }) => {
        await existing(apps, appid);
        const attempts = await store.listCallbacks(appid, limit);
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
    `  asked     ${message}`,
    request !== message && `  as sent   ${request}`,
    status !== null && `  answered  ${status} ${read ?? reply ?? ""}`,
    status !== null && read !== null && read !== reply && `  as sent   ${reply}`,
  ];
  return `${lines.filter(Boolean).join("\n")}\n`;
}
