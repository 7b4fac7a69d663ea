import { type ChildProcess, spawn } from "node:child_process";
import { connect as connectSocket } from "node:net";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";
import { createDatabase } from "../../testing/postgres.ts";
import { temporaryDirectory } from "../../testing/temporary-directory.ts";

const main = fileURLToPath(new URL("../../bin/quanku.js", import.meta.url));

/** How a process ended, and all it wrote. */
export type Finished = {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
};

/** How long a server may take until it listens, in milliseconds. */
const START_PATIENCE = 120_000;
/** How long a command of the command line may run before it is killed, in milliseconds. */
const COMMAND_PATIENCE = 120_000;

const running = new Set<ChildProcess>();
const directories: { remove(): void }[] = [];
const databases: { drop(): Promise<void> }[] = [];

// Whatever a test left running is ended by its pid, also where the test failed half-way.
process.once("exit", () => killAll());
afterAll(async () => {
  await Promise.all(killAll());
  for (const directory of directories.splice(0)) directory.remove();
  await Promise.all(databases.splice(0).map((database) => database.drop()));
});

function killAll(): Promise<unknown>[] {
  return [...running].map((child) => {
    child.kill("SIGKILL");
    return new Promise((resolve) => child.once("close", resolve));
  });
}

/** A new directory that is removed when the test file is done. */
export function directory(): string {
  const made = temporaryDirectory();
  directories.push(made);
  return made.path;
}

/** A new database on the tests' PostgreSQL that is dropped when the test file is done; its URL. */
export async function database(): Promise<string> {
  const made = await createDatabase();
  databases.push(made);
  return made.url;
}

/** Places to keep data, each with how to make a new one. */
export const places = { sqlite: async () => directory(), postgres: database };

/** What a process is started with, beside its arguments: more of an environment, what it reads on standard input, and a file descriptor for its standard error. */
type Surroundings = { env?: Record<string, string>; input?: string; stderr?: "pipe" | number };

/** Starts the program without waiting for anything. */
export function launch(args: readonly string[], { env = {}, input = "", stderr = "pipe" }: Surroundings = {}) {
  const { PATH, HOME, TMPDIR } = process.env;
  // Nothing else of the environment: a PORT or NODE_OPTIONS of whoever runs the tests must not steer the program.
  const child = spawn(process.execPath, [main, ...args], {
    env: { PATH, HOME, TMPDIR, ...env },
    stdio: ["pipe", "pipe", stderr],
  });
  running.add(child);
  // A process that ends before it has read everything is no fault of the test.
  child.stdin?.on("error", () => {}).end(input);
  const written = { stdout: "", stderr: "" };
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    written.stdout += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    written.stderr += text;
  });
  const exited = new Promise<Finished>((resolve) =>
    child.once("close", (code, signal) => {
      running.delete(child);
      resolve({ code, signal, ...written });
    }),
  );
  return { child, written, exited };
}

/** Runs a command of the command line to its end. */
export const quanku = (...args: string[]): Promise<Finished> => quankuIn({}, ...args);

/** The same with more of an environment, or something on standard input. */
export async function quankuIn(surroundings: Surroundings, ...args: string[]): Promise<Finished> {
  const { child, exited } = launch(args, surroundings);
  const timer = setTimeout(() => child.kill("SIGKILL"), COMMAND_PATIENCE);
  const finished = await exited;
  clearTimeout(timer);
  return finished;
}

/** A place to keep data as the command line is told it: a data directory, or the URL of a database. */
const at = (place: string) => (place.startsWith("postgres:") ? ["--database-url", place] : ["--data-dir", place]);

/** Creates an app with the command line. */
export async function createApp(place: string, appid: string): Promise<{ appid: string; secret: string }> {
  const { code, stdout, stderr } = await quanku("app", "create", "--appid", appid, ...at(place));
  if (code !== 0) throw new Error(`app create ended with ${code}: ${stderr}`);
  return JSON.parse(stdout);
}

export type ServerProcess = {
  url: string;
  /** Sends a request to a path. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  pid: number;
  /** What it has written until now. */
  written: Readonly<{ stdout: string; stderr: string }>;
  exited: Promise<Finished>;
  signal(signal: NodeJS.Signals): void;
  stop(signal?: "SIGTERM" | "SIGINT"): Promise<Finished>;
  kill(): Promise<Finished>;
};

/** What a server on PostgreSQL is started with where a busy machine, slow to answer, is no fault of the database. */
export const patiently = ["--statement-timeout", "10000"];

/** Resolves once a server that was told to stop takes no more connections. */
export async function refusesConnections(url: string): Promise<void> {
  const { hostname, port } = new URL(url);
  for (let isOpen = true; isOpen; )
    isOpen = await new Promise((resolve) => {
      const socket = connectSocket(Number(port), hostname);
      socket
        .once("error", () => resolve(false))
        .once("connect", () => {
          socket.destroy();
          resolve(true);
        });
    });
}

/** Starts `serve` without waiting for anything. */
export function launchServer(place: string, ...more: string[]) {
  return controls(launch(["serve", "--port", "0", ...at(place), "--log-level", "warn", ...more]));
}

/** The same with its standard error going to a file descriptor. */
export const launchServerLoggingTo = (stderr: number, place: string, ...more: string[]) =>
  controls(launch(["serve", "--port", "0", ...at(place), ...more], { stderr }));

function controls({ child, written, exited }: ReturnType<typeof launch>) {
  const signal = (name: NodeJS.Signals) => void child.kill(name);
  const end = (name: NodeJS.Signals) => {
    signal(name);
    return exited;
  };
  const stop = (name: "SIGTERM" | "SIGINT" = "SIGTERM") => end(name);
  return { child, written, exited, pid: child.pid as number, signal, stop, kill: () => end("SIGKILL") };
}

/** Starts `serve` on a free port and resolves once it says where it listens. */
export async function startServer(place: string, ...more: string[]): Promise<ServerProcess> {
  const launched = launchServer(place, ...more);
  const url = await listening(launched);
  return { ...launched, url, fetch: (path, init) => fetch(url + path, init) };
}

/** Resolves with the URL once a server says where it listens. */
export function listening({ child, ...server }: ReturnType<typeof launchServer>): Promise<string> {
  return new Promise<string>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`the server ${why}: ${server.written.stderr}`));
    const timer = setTimeout(fail, START_PATIENCE, `did not listen within ${START_PATIENCE} ms`);
    child.stdout?.on("data", () => {
      const found = /https?:\/\/127\.0\.0\.1:\d+/.exec(server.written.stdout)?.[0];
      if (!found) return;
      clearTimeout(timer);
      resolve(found);
    });
    server.exited.then(({ code, signal }) => {
      clearTimeout(timer);
      fail(`ended with ${code ?? signal} before it listened`);
    });
  });
}
