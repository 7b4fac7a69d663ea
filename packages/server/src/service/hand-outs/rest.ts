import { setTimeout as sleep } from "node:timers/promises";

/** Does a piece of work and then rests as long as it took: claims have at least half of the time. */
export async function thenRest<T>(work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const done = await work();
  await sleep(performance.now() - began);
  return done;
}
