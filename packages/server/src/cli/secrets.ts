import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { type Command, Option } from "commander";

/** Where secrets can be read from besides the command line, which other users of the machine see. */
const SOURCES = "a file's path, - for standard input, or env:NAME for an environment variable";

/**
 * Adds an option that takes a secret, and beside it one that says where to read the secret from: `--secret` and
 * `--secret-from`. The action reads the second with {@link secretsRead}.
 */
export function withSecret(command: Command, option: Option): Command {
  const from = new Option(`${option.long}-from <source>`, `read it from ${SOURCES}`);
  return command.addOption(option).addOption(from.conflicts(option.attributeName()));
}

/**
 * What was given, with every secret that was to be read from somewhere under the name it would have on the command line.
 * Throws, naming the option and the source but never the content, where there is no secret of one line.
 */
export async function secretsRead<Given extends object>(given: Given): Promise<Given> {
  const sources = Object.entries(given).filter(([name]) => name.endsWith("From")) as [string, string][];
  if (sources.filter(([, source]) => source === "-").length > 1)
    throw new Error("standard input holds one secret only: read the other from a file or env:NAME");
  const read: Record<string, string> = {};
  for (const [name, source] of sources) read[name.slice(0, -"From".length)] = await secretIn(source);
  const others = Object.entries(given).filter(([name]) => !name.endsWith("From"));
  return Object.fromEntries([...others, ...Object.entries(read)]) as Given;
}

async function secretIn(source: string): Promise<string> {
  const { shown, bytes } = await contentOf(source);
  const text = decoded(bytes, shown).replace(/\r?\n$/, "");
  if (text.trim() === "") throw new Error(`${shown} holds no secret: it is empty`);
  if (/[\r\n]/.test(text)) throw new Error(`${shown} holds more than one line: put the secret there alone`);
  return text;
}

async function contentOf(source: string): Promise<{ shown: string; bytes: Buffer }> {
  if (source === "-") return { shown: "standard input", bytes: await buffer(process.stdin) };
  if (!source.startsWith("env:")) return { shown: source, bytes: await readFile(source) };
  const name = source.slice("env:".length);
  const value = process.env[name];
  if (value === undefined) throw new Error(`there is no environment variable ${name}: export it first`);
  return { shown: `the environment variable ${name}`, bytes: Buffer.from(value) };
}

/** Editors put a byte order mark first, which is no part of the secret. */
function decoded(bytes: Buffer, shown: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Error(`${shown} is no text in UTF-8: save it as such`);
  }
}
