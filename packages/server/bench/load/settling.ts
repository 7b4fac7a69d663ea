import { setTimeout as sleep } from "node:timers/promises";
import { type Job, longestMs, type Settling, type Tally } from "./job.ts";

/** Seldom enough that what it costs a server to tell shows nowhere. */
const LOOK_MS = 500;

/** What servers tell of it at `/metrics`, all together; undefined where one of them tells nothing. */
export async function settlingOf(ports: readonly number[]): Promise<Settling | undefined> {
  const texts = await Promise.all(ports.map(async (port) => (await fetch(`http://127.0.0.1:${port}/metrics`)).text()));
  const sumOf = (name: string) =>
    texts.reduce((sum, text) => sum + Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1]), 0);
  const told = { generations: sumOf("quanku_settled_generations"), owed: sumOf("quanku_owed_entries") };
  return Number.isNaN(told.generations + told.owed) ? undefined : told;
}

/**
 * Begins to count the generations that a job's servers settle. Call what it answers when the job could end: it resolves when as
 * many were settled as the job asks for, or as late as it may.
 */
export async function watchSettling(job: Job): Promise<(begin: number) => Promise<Tally["settling"]>> {
  const { generations: asked, ports } = job;
  const before = asked === undefined ? undefined : await settlingOf(ports);
  if (asked === undefined || before === undefined) return async () => undefined;
  return async (begin) => {
    while (true) {
      const now = await settlingOf(ports);
      if (now === undefined) return;
      const generations = now.generations - before.generations;
      const isOver = generations >= asked || performance.now() - begin > longestMs(job);
      if (isOver) return { generations, owed: now.owed, asked };
      await sleep(LOOK_MS);
    }
  };
}
