import { type Command, InvalidArgumentError, Option } from "commander";
import { defaultDataDir } from "./data.ts";

/** Adds where data is kept, for every command that needs it. */
export const withData = (command: Command): Command =>
  command
    .addOption(new Option("--data-dir <dir>", "where data is kept (QUANKU_DATA_DIR)").default(defaultDataDir()))
    .addOption(
      new Option(
        "--database-url <url>",
        "keep data in PostgreSQL instead: postgres://user:password@host:port/database; say it in the environment, where other users of the machine do not read it",
      ).env("DATABASE_URL"),
    )
    .addOption(
      new Option("--database-connections <number>", "the most connections of this process to PostgreSQL")
        .env("QUANKU_DATABASE_CONNECTIONS")
        .default(10)
        .argParser(count),
    )
    .addOption(
      new Option(
        "--statement-timeout <ms>",
        "how long PostgreSQL may take for a statement until the call is told to retry",
      )
        .env("QUANKU_STATEMENT_TIMEOUT")
        .default(1000)
        .argParser(count),
    );

/** Whether merchants may be asked at addresses that only this machine or its network reach. */
export const privateCallbacksOption = () =>
  new Option(
    "--allow-private-callbacks",
    "ask callbacks at private and loopback addresses too; always so for the demo shop",
  )
    .env("QUANKU_ALLOW_PRIVATE_CALLBACKS")
    .default(false);

/** Reads a whole number of at least 1. */
export function count(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError("give a whole number of at least 1");
  return number;
}

/** Prints a line of JSON. */
export const print = (value: object): void => void process.stdout.write(`${JSON.stringify(value)}\n`);
