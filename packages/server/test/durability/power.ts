import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deserialize } from "node:v8";
import { Ledger } from "../../src/service/ledger.ts";
import { openSqliteStore } from "../../src/store/sqlite/open.ts";
import type { File, Operation } from "./operations.ts";
import { clock, opening, type Work } from "./work.ts";

const programOf = (name: string) => fileURLToPath(new URL(`./${name}.ts`, import.meta.url));

/** Makes a shop that nobody has claimed from. */
export async function open(dataDir: string): Promise<Map<File, Buffer>> {
  const store = openSqliteStore(dataDir);
  const ledger = new Ledger({ store, clock });
  for (const command of opening) await ledger.submit(command, "command_line");
  await store.close();
  return new Map([["quanku.db", readFileSync(join(dataDir, "quanku.db"))]]);
}

/** Lets a program of its own claim in a directory, and answers what it did to the disk. */
export async function recorded(dataDir: string, work: Work): Promise<Operation[]> {
  const beside = `${dataDir}-record`;
  mkdirSync(beside);
  const [record, told] = [join(beside, "record"), join(beside, "told")];
  const program = [programOf("claimer"), dataDir, told, JSON.stringify(work)];
  const recorder = spawn(process.execPath, [programOf("recorder"), record, dataDir, told, ...program], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said: Buffer[] = [];
  for (const stream of [recorder.stdout, recorder.stderr]) stream.on("data", (bytes: Buffer) => said.push(bytes));
  const end = () => recorder.kill("SIGKILL");
  process.once("exit", end);
  const code = await new Promise((resolve) => recorder.once("close", resolve));
  process.off("exit", end);
  if (code !== 0) throw new Error(`the recorded program ended with ${code}: ${Buffer.concat(said)}`);
  const operations = deserialize(readFileSync(record)) as Operation[];
  rmSync(beside, { recursive: true });
  return operations;
}
