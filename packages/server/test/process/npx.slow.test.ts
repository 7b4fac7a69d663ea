import { type ChildProcess, spawn } from "node:child_process";
import { connect } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, it } from "vitest";
import { directory } from "./server-process.ts";

const repository = fileURLToPath(new URL("../../../../", import.meta.url));
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** Resolves with the port once the server says where it listens. */
function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = "";
    const add = (data: Buffer) => {
      text += data;
      const port = /http:\/\/127\.0\.0\.1:(\d+)/.exec(text)?.[1];
      if (port) resolve(Number(port));
    };
    child.stdout?.on("data", add);
    child.stderr?.on("data", add);
    child.once("close", (code, signal) => reject(new Error(`ended with ${code ?? signal}: ${text}`)));
  });
}

/** Resolves once nothing listens on a port any more. */
async function silence(port: number): Promise<void> {
  const isListening = () =>
    new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1");
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
      socket.once("connect", () => socket.destroy());
    });
  while (await isListening()) await new Promise((resolve) => setTimeout(resolve, 50));
}

it.each([
  ["npx quanku serve", "npx", ["quanku", "serve"], "SIGTERM"],
  ["npx quanku serve at a terminal's Ctrl-C", "npx", ["quanku", "serve"], "SIGINT"],
  ["npx quanku serve, killed", "npx", ["quanku", "serve"], "SIGKILL"],
  ["npm exec", "npm", ["exec", "--", "quanku", "serve"], "SIGTERM"],
  ["npm start", "npm", ["start", "--"], "SIGTERM"],
] as const)("%s: the server ends with it", async (_, command, args, signal) => {
  const { PATH, HOME } = process.env;
  const child = spawn(command, [...args, "--port", "0", "--data-dir", join(directory(), "data")], {
    cwd: repository,
    env: { PATH, HOME, PORT: "0", npm_config_offline: "true", npm_config_update_notifier: "false" },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  children.push(child);
  const port = await portOf(child);
  // A terminal signals all that it started; others signal the one process they know.
  process.kill(signal === "SIGINT" ? -(child.pid as number) : (child.pid as number), signal);
  await silence(port);
});
