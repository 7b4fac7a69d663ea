import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { authorityFile } from "./authority-files.ts";
import { wholeRecipe } from "./recipe.ts";

/** Adds what `serve` takes for TLS. */
export const withTls = (serve: Command): Command =>
  serve
    .addOption(
      new Option("--tls-cert <file>", "speak HTTPS with this certificate, in PEM, its issuers' after it").env(
        "QUANKU_TLS_CERT",
      ),
    )
    .addOption(
      new Option("--tls-key <file>", "its private key, in PEM; both files are read again when they change").env(
        "QUANKU_TLS_KEY",
      ),
    )
    .addOption(
      new Option(
        "--tls-dev",
        "speak HTTPS as api.weixin.qq.com and localhost, by an authority of the data directory's; loopback only",
      )
        .env("QUANKU_TLS_DEV")
        .default(false),
    );

/** Adds `quanku tls …`. */
export function addTlsCommands(program: Command): void {
  program
    .command("tls")
    .description("let clients whose host is fixed come to a server with --tls-dev")
    .command("recipe")
    .description("print what lets them trust it, on every system and in every language, and how to undo that")
    .addOption(new Option("--data-dir <dir>", "where data is kept").env("QUANKU_DATA_DIR").default("./data"))
    .action(({ dataDir }) => {
      const file = resolve(authorityFile(dataDir));
      if (!existsSync(file))
        throw new Error(
          `there is no authority in ${dataDir}: start quanku serve --tls-dev there once, or correct --data-dir or QUANKU_DATA_DIR`,
        );
      process.stdout.write(wholeRecipe(file));
    });
}
