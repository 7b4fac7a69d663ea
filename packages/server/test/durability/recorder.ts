/**
 * Runs a program of ours and records what it does to the files of a database. Arguments: where the record goes, the
 * database's directory, the file that the program tells things in, the program, and its arguments. The program says when it
 * is ready, and may begin when the file appears. Ends as the program does.
 *
 * Only the calls of the kernel tell what was synced: SQLite in Node.js takes no file system of ours, a copy of the files
 * after each answer shows what was written and not what a disk was told to keep, and a model of when SQLite syncs would
 * repeat what is to be proven. They are watched with ptrace, which Node.js calls by itself (node:ffi): a preloaded library
 * needs a compiler and strace needs to be there, and then this would not run on most machines. A record that is kept
 * proves the program that made it and no later one, so each run makes its own.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readlinkSync, realpathSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { serialize } from "node:v8";
import { type File, files, type Operation } from "./operations.ts";
import { type Call, follow, memoryOf } from "./ptrace.ts";

const [record, given, tellsIn, ...program] = process.argv.slice(2) as [string, string, string, ...string[]];
const dataDir = realpathSync(given);
const told = join(realpathSync(dirname(tellsIn)), basename(tellsIn));

const child = spawn(process.execPath, program, { stdio: ["ignore", "pipe", "inherit"] });
const pid = child.pid as number;
const memory = memoryOf(pid);
const operations: Operation[] = [];
/** How many operations there were when a thread began to sync. */
const syncing = new Map<number, number>();
const syncs = new Set(["fsync", "fdatasync"]);
/** Which argument of a call is a path. */
const paths: Record<string, number> = { unlink: 0, unlinkat: 1, rename: 0, renameat: 1, renameat2: 1 };

await once(child.stdout, "data");
const begin = () => writeFileSync(told, "");
const code = follow(pid, begin, (call) => {
  if (call.result === undefined) begins(call);
  else ends(call);
});
writeFileSync(record, serialize(operations));
process.exit(code);

/** A write may reach the disk as soon as it begins, a sync has been done only when it returns. */
function begins({ thread, name, args }: Call): void {
  const [first, address, length, at] = args as [number, number, number, number];
  const path = paths[name];
  const place =
    path === undefined ? placeOf(name === "mmap" ? (args[4] as number) : first) : memory.text(args[path] as number);
  const file = place === undefined ? undefined : fileAt(place);
  if (place === told && name === "write") {
    operations.push({ do: "tell", text: memory.read(address, length).toString() });
  } else if (syncs.has(name)) syncing.set(thread, operations.length);
  else if (file === undefined) return;
  else if (name === "pwrite64") operations.push({ do: "write", file, at, bytes: memory.read(address, length) });
  else if (name === "ftruncate") operations.push({ do: "truncate", file, size: address });
  else if (name.startsWith("unlink")) operations.push({ do: "remove", file });
  else throw new Error(`${name} of ${file}: a record that lacks it would prove nothing, and it is not recorded yet`);
}

function ends({ thread, name, args, result }: Call): void {
  if (!syncs.has(name) && name !== "pwrite64" && name !== "ftruncate") return;
  const [first, , length] = args as [number, number, number];
  const place = placeOf(first);
  const file = place === dataDir ? "directory" : fileAt(place ?? "");
  if (file === undefined) return;
  if (result !== (name === "pwrite64" ? length : 0))
    throw new Error(`${name} of ${file} came to ${result}: a record of that cannot be replayed`);
  const before = syncing.get(thread) as number;
  if (syncs.has(name)) operations.push({ do: "sync", file, before });
}

function fileAt(path: string): File | undefined {
  return files.find((file) => path === join(dataDir, file) || path === join(given, file));
}

/** What a file descriptor of the program is of. */
function placeOf(descriptor: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/fd/${descriptor}`);
  } catch {
    return undefined;
  }
}
