import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { demoApp } from "../../src/cli/demo.ts";
import { type Reply, startBare } from "../bare.ts";
import { call, signIn } from "../client.ts";
import { startQuanku, temporaryDirectory } from "../processes.ts";
import { median } from "../rounds.ts";
import { residentMiB } from "../system.ts";
import type { Case } from "./case.ts";

const page = { page_size: 3, offset: 2 };
/** What is loaded lazily and what the start left as garbage has settled by then, in milliseconds. */
const IDLE_MS = 1500;

export const coldStart: Case = {
  name: "cold-start",
  about: "from the start of the process to its first answers, and what it then holds in memory",
  async run({ pace }) {
    const directory = temporaryDirectory();
    const made = await startQuanku({ dataDir: directory.path }, { demo: true });
    const reply = await call(made, (await signIn(made, demoApp))("get_list"), page);
    await made.stop();
    const compileCache = join(directory.path, "compiled");
    const first = await quankuStart(directory.path, compileCache);
    const starts: Start[] = [];
    const bare: number[] = [];
    for (let round = 0; round < pace.rounds; round++) {
      starts.push(await quankuStart(directory.path, compileCache));
      bare.push(await bareStart(directory.path, reply));
    }
    const resident = await idleMemory(directory.path, compileCache);
    directory.remove();
    const token = Math.round(median(starts.map(({ tokenMs }) => tokenMs)));
    return [
      {
        what: "cold start of the demo shop to the first get_list",
        values: starts.map(({ listMs }) => listMs / 1000),
        unit: "s",
        aim: 1,
        better: "lower",
        sides: [
          `Quanku: first token after ${token} ms; with nothing compiled yet, first get_list after ${Math.round(first.listMs)} ms`,
          `bare node:http: first answer after ${Math.round(median(bare))} ms`,
        ],
        limit: "loading and running modules; the very first start also strips TypeScript of its types and compiles",
      },
      {
        what: "resident memory, idle after that",
        values: [resident],
        unit: "MiB",
        aim: 120,
        better: "lower",
        sides: [],
        limit: "Node itself and the modules it loaded; SQLite's cache of pages grows with use, up to 64 MiB",
      },
    ];
  },
};

type Start = { tokenMs: number; listMs: number };

/** Starts with a compile cache of the bench's own, so that it is known which start was the first. */
async function quankuStart(dataDir: string, compileCache: string): Promise<Start> {
  const begin = performance.now();
  const quanku = await startQuanku({ dataDir }, { demo: true, compileCache });
  const pathOf = await signIn(quanku, demoApp);
  const tokenMs = performance.now() - begin;
  await call(quanku, pathOf("get_list"), page);
  const listMs = performance.now() - begin;
  await quanku.stop();
  return { tokenMs, listMs };
}

async function bareStart(directory: string, reply: Reply): Promise<number> {
  const begin = performance.now();
  const bare = await startBare(directory, reply);
  await call(bare, "/", {});
  const ms = performance.now() - begin;
  await bare.stop();
  return ms;
}

async function idleMemory(dataDir: string, compileCache: string): Promise<number> {
  const quanku = await startQuanku({ dataDir }, { demo: true, compileCache });
  await call(quanku, (await signIn(quanku, demoApp))("get_list"), page);
  await sleep(IDLE_MS);
  const resident = residentMiB(quanku.pid);
  await quanku.stop();
  return resident;
}
