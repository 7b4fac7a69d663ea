import { isIP } from "node:net";
import { type Command, InvalidArgumentError, Option } from "commander";

/** The largest number that an option takes: timers and PostgreSQL's settings know no larger one. */
const NUMBER_MAX = 2_147_483_647;

/** Adds where data is kept, for every command that needs it. */
export const withData = (command: Command): Command =>
  command
    .addOption(new Option("--data-dir <dir>", "where data is kept").env("QUANKU_DATA_DIR").default("./data"))
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
  const number = wholeNumber(text);
  if (!(number >= 1 && number <= NUMBER_MAX)) throw new InvalidArgumentError("give a whole number of at least 1");
  return number;
}

/** Reads a TCP port; 0 takes a free one. */
export function portNumber(text: string): number {
  const port = wholeNumber(text);
  if (!(port <= 65535)) throw new InvalidArgumentError("give a number from 0 to 65535");
  return port;
}

/** Reads an IP address. */
export function ipAddress(text: string): string {
  if (isIP(text) === 0) throw new InvalidArgumentError("give an IP address such as 10.0.0.2");
  return text;
}

/** Decimal digits and nothing else; NaN otherwise, also for what JavaScript takes for a number: "", "0x10", "1e3". */
const wholeNumber = (text: string): number => (/^\d{1,15}$/.test(text) ? Number(text) : Number.NaN);

/** Prints a line of JSON. */
export const print = (value: object): void => void process.stdout.write(`${JSON.stringify(value)}\n`);
