import type { Command, Option } from "commander";

/**
 * Looks at every option of a command before it runs, whether it came from the command line or the environment: throws,
 * naming it and the fix, where one is empty or not understood.
 */
export function checkOptions(command: Command): void {
  for (const option of command.options) {
    const name = option.attributeName();
    const isFromEnvironment = command.getOptionValueSource(name) === "env";
    const shown = isFromEnvironment ? `the environment variable ${option.envVar}` : option.long;
    const value = isFromEnvironment ? process.env[option.envVar as string] : command.getOptionValue(name);
    if (typeof value !== "string") continue;
    if (value.trim() === "") throw new Error(`${shown} is empty: give it a value, or leave it out`);
    if (option.isBoolean()) command.setOptionValueWithSource(name, yesOrNo(value, shown as string), "env");
  }
  const { dataDir, databaseUrl } = command.opts();
  if (dataDir !== undefined && databaseUrl !== undefined && command.getOptionValueSource("dataDir") === "cli") {
    const other = command.getOptionValueSource("databaseUrl") === "env" ? "DATABASE_URL" : "--database-url";
    throw new Error(`--data-dir and ${other} both say where data is kept: leave one of them out`);
  }
}

const words = { true: true, "1": true, yes: true, on: true, false: false, "0": false, no: false, off: false };

function yesOrNo(text: string, shown: string): boolean {
  const word = text.trim().toLowerCase();
  if (!Object.hasOwn(words, word))
    throw new Error(`${shown} is ${JSON.stringify(text)}: give true or false (or 1, yes, on; 0, no, off)`);
  return words[word as keyof typeof words];
}

/** What Kubernetes puts into the environment beside a service named quanku. */
const serviceLinks = /^QUANKU_(SERVICE|PORT)(_|$)/;

/** Every option of a program and of its commands. */
export const optionsOf = (program: Command): Option[] => [...program.options, ...program.commands.flatMap(optionsOf)];

/** The variables that begin as ours do and that no option reads: misspelled, most likely. */
export function unknownVariables(program: Command): string[] {
  const known = new Set(optionsOf(program).map(({ envVar }) => envVar));
  return Object.keys(process.env).filter(
    (name) => name.startsWith("QUANKU_") && !known.has(name) && !serviceLinks.test(name),
  );
}
