import { setTimeout as sleep } from "node:timers/promises";
import type { Store } from "../store/store.ts";

/** How long it counts that the store kept a write, in milliseconds. */
const GOOD_FOR = 100;
/** How long the store may take to keep one, in milliseconds, beyond what work may wait for its turn. */
const TIME = 2000;

/** Whether writes would be kept now, and what hinders them, in words. */
export type Readiness = { isReady: true } | { isReady: false; why: string };

/**
 * Answers whether the store keeps writes. Those who ask together share one write, and nobody makes it write more often
 * than ten times a second; what hinders it is looked at again by the next who asks.
 */
export function readiness(store: Pick<Store, "ping" | "patience">): () => Promise<Readiness> {
  let told: { readiness: Promise<Readiness>; since: number } | undefined;

  async function ask(): Promise<Readiness> {
    const late = new AbortController();
    const tooLate = sleep(store.patience + TIME, undefined, { signal: late.signal }).then(() => {
      throw new Error("the store does not answer in time");
    });
    try {
      await Promise.race([store.ping(), tooLate]);
      return { isReady: true };
    } catch (error) {
      told = undefined;
      return { isReady: false, why: (error as Error).message };
    } finally {
      tooLate.catch(() => {});
      late.abort();
    }
  }

  return () => {
    if (told && performance.now() - told.since < GOOD_FOR) return told.readiness;
    told = { readiness: ask(), since: performance.now() };
    return told.readiness;
  };
}
