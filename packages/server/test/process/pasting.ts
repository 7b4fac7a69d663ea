import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { directory, startServer } from "./server-process.ts";

const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** How long a line may take before its page counts as one that hangs, in milliseconds. */
const PATIENCE = 120_000;

/** What stands between fences on a page: `sh` is pasted into a shell, all else is shown. */
export type Block = { language: string; text: string; line: number };

/** The blocks of a page, in order. */
export function blocksOf(page: string): Block[] {
  const text = readFileSync(join(root, page), "utf8");
  return [...text.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map(({ 1: language = "", 2: held = "", index }) => ({
    language,
    text: held,
    line: text.slice(0, index).split("\n").length,
  }));
}

/** What a line that was pasted came to: its exit status, and what it printed, standard error too. */
export type Pasted = { line: string; status: number; output: string };

/** Commands that last as long as a reader works, and the port that pages name for each: they are started beside the shell. */
export const lasting = { "npm ci && npm start": "8080", "npm run example:merchant": "9000" } as const;

/**
 * A reader who pastes a page line by line: a shell in a directory of its own, `npx quanku` on data of its own, a server and a
 * merchant on ports that are free, which stand for those that pages name.
 */
export class Reader {
  readonly #home = directory();
  readonly #data = directory();
  readonly #ports = new Map<string, string>();
  readonly #ends: (() => void)[] = [];
  readonly #shell;
  #output = "";
  #heard = () => {};

  constructor(env: Record<string, string> = {}) {
    const bin = join(this.#home, "bin");
    mkdirSync(bin);
    const program = `'${process.execPath}' '${join(root, "packages/server/bin/quanku.js")}'`;
    writeFileSync(join(bin, "npx"), `#!/bin/sh\n[ "$1" = quanku ] || exit 127\nshift\nexec ${program} "$@"\n`);
    writeFileSync(join(bin, "npm"), `#!/bin/sh\nPATH='${process.env.PATH}' exec npm --prefix '${root}' "$@"\n`);
    for (const name of ["npx", "npm"]) chmodSync(join(bin, name), 0o755);
    symlinkSync(join(root, "examples"), join(this.#home, "examples"));
    const { PATH, HOME } = process.env;
    this.#shell = spawn("bash", ["--norc"], {
      cwd: this.#home,
      env: { HOME, PATH: `${bin}:${PATH}`, QUANKU_DATA_DIR: this.#data, ...env },
      stdio: ["pipe", "pipe", "ignore"],
    });
    this.#shell.stdout.setEncoding("utf8").on("data", (text: string) => {
      this.#output += text;
      this.#heard();
    });
    this.#shell.stdin.write("exec 2>&1\n");
    this.#ends.push(() => this.#shell.kill("SIGKILL"));
  }

  /** Pastes a block, line by line. */
  async paste(text: string): Promise<Pasted[]> {
    const pasted: Pasted[] = [];
    for (const line of text.split("\n").filter((one) => one.trim() !== ""))
      pasted.push(line in lasting ? await this.#start(line as keyof typeof lasting) : await this.#pasteLine(line));
    return pasted;
  }

  async #pasteLine(line: string): Promise<Pasted> {
    let command = line;
    for (const [named, port] of this.#ports) command = command.replaceAll(`127.0.0.1:${named}`, `127.0.0.1:${port}`);
    const end = /<end of line, status (\d+)>/;
    this.#output = "";
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${line} does not end: ${this.#output}`)), PATIENCE);
      this.#heard = () => {
        if (!end.test(this.#output)) return;
        clearTimeout(timer);
        resolve();
      };
      this.#shell.stdin.write(`{ ${command}\n} < /dev/null\nprintf '<end of line, status %s>' $?\n`);
    });
    return { line, status: Number(end.exec(this.#output)?.[1]), output: this.#output.replace(end, "") };
  }

  async #start(line: keyof typeof lasting): Promise<Pasted> {
    const port = lasting[line];
    const url = port === "8080" ? await this.#startServer() : await this.#startMerchant();
    this.#ports.set(port, new URL(url).port);
    return { line, status: 0, output: "" };
  }

  async #startServer(): Promise<string> {
    const server = await startServer(this.#data, "--demo");
    this.#ends.push(() => void server.kill());
    return server.url;
  }

  #startMerchant(): Promise<string> {
    const { PATH } = process.env;
    const env = { PATH, PORT: "0" };
    const child = spawn(process.execPath, ["examples/merchant.ts"], {
      cwd: root,
      env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#ends.push(() => child.kill("SIGKILL"));
    return new Promise((resolve, reject) => {
      let said = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        said += text;
        const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? [];
        if (url) resolve(url);
      });
      child.once("close", (code) => reject(new Error(`the merchant ended with ${code}`)));
    });
  }

  /** Ends the shell and what was started beside it. */
  close(): void {
    for (const end of this.#ends) end();
  }
}

/** A text without what differs from run to run: ids, times, ports and how long something took. */
const settled = (text: string): string =>
  text
    .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}/g, "ID")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME")
    .replaceAll(/\b1[6-9]\d{8}\b/g, "TIME")
    .replaceAll(/127\.0\.0\.1:\d+/g, "HOST")
    .replaceAll(/\b\d+(?:\.\d+)? ms\b/g, "N ms")
    .replaceAll(/^\d+(?= +TIME)/gm, "N")
    .replaceAll(/[ \t]+/g, " ")
    .replaceAll(/^ | $/gm, "");

const settledJson = (text: string): unknown =>
  JSON.parse(text, (_, value) => {
    if (typeof value === "string") return settled(value);
    return typeof value === "number" && value > 1_000_000_000 && value < 2_000_000_000 ? "TIME" : value;
  });

const linesOf = (text: string) => settled(text).split("\n").filter(Boolean);

/**
 * What a block says that commands print, and what they printed, without what differs from run to run: JSON as the last of
 * them printed it, text line by line.
 */
export function compared(shown: Block, printed: string): { says: unknown; prints: unknown } {
  if (shown.language === "json")
    return { says: settledJson(shown.text), prints: settledJson(printed.trim().split("\n").at(-1) ?? "") };
  return { says: linesOf(shown.text), prints: linesOf(printed).filter((line) => linesOf(shown.text).includes(line)) };
}
