import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { demoApp } from "../../src/cli/demo.ts";
import { call, signIn } from "../client.ts";
import { startQuanku, startReference, temporaryDirectory } from "../processes.ts";
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
    const made = await startQuanku(directory.path, { demo: true });
    const reply = await call(made, (await signIn(made, demoApp))("get_list"), page);
    await made.stop();
    const file = join(directory.path, "page.json");
    writeFileSync(file, reply.bytes);

    const listed: number[] = [];
    const token: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < pace.rounds; round++) {
      const begin = performance.now();
      const quanku = await startQuanku(directory.path, { demo: true });
      const pathOf = await signIn(quanku, demoApp);
      token.push(performance.now() - begin);
      await call(quanku, pathOf("get_list"), page);
      listed.push(performance.now() - begin);
      await quanku.stop();
      bare.push(await bareStart(file, reply.headers));
    }
    const resident = await idleMemory(directory.path);
    directory.remove();
    const seconds = median(listed) / 1000;
    return [
      {
        what: "cold start of the demo shop to the first get_list",
        value: seconds,
        unit: "s",
        aim: 1,
        better: "lower",
        sides: [
          `Quanku: first token after ${Math.round(median(token))} ms, first get_list after ${Math.round(median(listed))} ms`,
          `bare node:http: first answer after ${Math.round(median(bare))} ms`,
        ],
        limit: "loading modules, TypeScript among them, which Node strips of its types at each start",
      },
      {
        what: "resident memory, idle after that",
        value: resident,
        unit: "MiB",
        aim: 120,
        better: "lower",
        sides: [],
        limit: "Node itself and the modules it loaded; SQLite's cache of pages grows with use, up to 64 MiB",
      },
    ];
  },
};

async function bareStart(file: string, headers: Record<string, string>): Promise<number> {
  const begin = performance.now();
  const bare = await startReference("same-bytes.ts", file, JSON.stringify(headers));
  await call(bare, "/", {});
  const ms = performance.now() - begin;
  await bare.stop();
  return ms;
}

async function idleMemory(dataDir: string): Promise<number> {
  const quanku = await startQuanku(dataDir, { demo: true });
  await call(quanku, (await signIn(quanku, demoApp))("get_list"), page);
  await sleep(IDLE_MS);
  const resident = residentMiB(quanku.pid);
  await quanku.stop();
  return resident;
}
