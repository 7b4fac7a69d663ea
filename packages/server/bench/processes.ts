import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Job, longestMs, type Tally } from "./load/job.ts";
import type { Place } from "./shop.ts";
import { mostResidentMiB } from "./system.ts";

/** A server that was started here and answers on a port of loopback. */
export type Server = {
  pid: number;
  port: number;
  stop(): Promise<void>;
  /** Ends it as a crash does. */
  kill(): Promise<void>;
};

/** How long a child has to listen or to end, in milliseconds. */
const PATIENCE = 30_000;

const children = new Set<ChildProcess>();
const directories = new Set<string>();

/** Whatever ends this process, its children and temporary directories end with it. */
process.once("exit", () => {
  for (const child of children) child.kill("SIGKILL");
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});
for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)
  process.once(signal, () => process.exit(code));

/** A new directory below the system's temporary one; `remove` it when it is no longer needed. */
export function temporaryDirectory(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "quanku-bench-"));
  directories.add(path);
  return {
    path,
    remove() {
      rmSync(path, { recursive: true, force: true });
      directories.delete(path);
    },
  };
}

/** Starts Quanku as its users do, on its data. With `profileTo`, it leaves a profile of the processor there. */
export function startQuanku(place: Place, options: QuankuOptions = {}): Promise<Server> {
  const { demo = false, profileTo, compileCache } = options;
  const env = {
    ...whereIs(place),
    ...(compileCache === undefined ? {} : { NODE_COMPILE_CACHE: compileCache }),
  };
  const serve = ["serve", "--port", "0", "--log-level", "error"];
  return startServer("../bin/quanku.js", demo ? [...serve, "--demo"] : serve, {
    nodeOptions: profileTo === undefined ? [] : ["--cpu-prof", "--cpu-prof-dir", profileTo],
    env,
  });
}
export type QuankuOptions = { demo?: boolean; profileTo?: string | undefined; compileCache?: string };

/**
 * Runs a command of Quanku's command line on data, to its end. Answers how long it took, the most memory that it had in
 * RAM meanwhile, in MiB, and what it printed.
 */
export async function runQuanku(
  place: Place,
  ...args: string[]
): Promise<{ ms: number; mib: number; printed: string }> {
  const script = fileURLToPath(new URL("../bin/quanku.js", import.meta.url));
  const began = performance.now();
  const child = spawn(process.execPath, [script, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...whereIs(place) },
  });
  keep(child);
  let printed = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  let mib = Number.NaN;
  const watching = setInterval(() => {
    const most = mostResidentMiB(child.pid as number);
    if (!Number.isNaN(most)) mib = most;
  }, 50);
  const [code] = await once(child, "exit");
  clearInterval(watching);
  if (code !== 0) throw new Error(`quanku ${args.join(" ")} ended with ${code}: ${printed}`);
  return { ms: performance.now() - began, mib, printed };
}

const whereIs = (place: Place): NodeJS.ProcessEnv =>
  "dataDir" in place
    ? { QUANKU_DATA_DIR: place.dataDir, DATABASE_URL: undefined }
    : { DATABASE_URL: place.databaseUrl };

/** Starts a server of this bench: a file of `references/`. */
export const startReference = (file: string, ...args: string[]): Promise<Server> =>
  startServer(`references/${file}`, args, {});

/** Resolves when the server has told where it listens. */
async function startServer(
  file: string,
  args: string[],
  { nodeOptions = [], env = {} }: { nodeOptions?: string[]; env?: NodeJS.ProcessEnv },
): Promise<Server> {
  const script = fileURLToPath(new URL(file, import.meta.url));
  const listening = /http:\/\/127\.0\.0\.1:(\d+)\s/;
  const { told, ...server } = await startProgram(process.execPath, [...nodeOptions, script, ...args], listening, env);
  return { ...server, port: Number(told[1]) };
}

/** Starts a program and waits until it prints what it prints when it listens, which is answered as `told`. */
export async function startProgram(
  program: string,
  args: string[],
  listening: RegExp,
  env: NodeJS.ProcessEnv = {},
): Promise<Omit<Server, "port"> & { told: RegExpExecArray }> {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, ...env } });
  keep(child);
  const name = [program, ...args].find((part) => !part.startsWith("-") && part !== process.execPath);
  let printed = "";
  const listens = Promise.withResolvers<RegExpExecArray>();
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
    const told = listening.exec(printed);
    if (told) listens.resolve(told);
  });
  child.once("exit", (code) => listens.reject(new Error(`${name} ended with ${code} before it listened`)));
  const told = await within(listens.promise, `${name} to listen`);
  return { pid: child.pid as number, told, stop: () => stop(child), kill: () => stop(child, "SIGKILL") };
}

/** Runs load in a process of its own, which stays warm from one job to the next. */
export function startGenerator(): { run(job: Job): Promise<Tally>; stop(): Promise<void> } {
  const child = fork(fileURLToPath(new URL("load/generator.ts", import.meta.url)));
  keep(child);
  return {
    async run(job) {
      child.send(job);
      const [answer] = (await within(
        once(child, "message"),
        "the load to end",
        job.warmUpMs + longestMs(job) + PATIENCE,
      )) as [{ tally: Tally } | { error: string }];
      if ("error" in answer) throw new Error(`the load on port ${job.ports} failed: ${answer.error}`);
      return answer.tally;
    },
    stop: () => stop(child),
  };
}

function keep(child: ChildProcess): void {
  children.add(child);
  child.once("exit", () => children.delete(child));
}

async function stop(child: ChildProcess, signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill(signal);
  await within(ended, `a child to end after ${signal}`);
}

async function within<T>(promise: Promise<T>, what: string, ms = PATIENCE): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${ms} ms for ${what}`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
