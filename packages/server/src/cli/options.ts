import { InvalidArgumentError, Option } from "commander";
import { defaultDataDir } from "./data.ts";

/** Where data is kept, for every command that needs it. */
export const dataDirOption = () =>
  new Option("--data-dir <dir>", "where data is kept (QUANKU_DATA_DIR)").default(defaultDataDir());

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
