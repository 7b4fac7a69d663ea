import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { Batch, Writing } from "./writing.ts";

/** What the thread is asked. */
export type Asked = { ask: "commit"; batch: Batch } | { ask: "settle"; through: number; work: number };
/** What it answers; `errcode` is SQLite's. */
export type Told = { of: Asked["ask"] } & (
  | { result: boolean }
  | { error: { message: string; errcode: number | undefined } }
);

/** Does the same as {@link Writing}, elsewhere: each in the order in which it is asked, and commits while it settles. */
export type Writer = {
  [K in keyof Writing]: (...given: Parameters<Writing[K]>) => Promise<boolean>;
} & { stop(): Promise<void> };

/** TypeScript in the repository, JavaScript where this is published: as this module, so its neighbour. */
const entry = new URL(`./writer-thread${extname(import.meta.url)}`, import.meta.url);

/** Without them the runtime lets the thread keep room for what it dropped long ago: some 70 MB more were seen. */
const LIMITS = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 12 };

/** Writes on a thread of its own, so that nobody else waits while the disk does; where that has ended, `here`. */
export function startWriter(file: string, here: Writing): Writer {
  const thread = new Worker(entry, { workerData: { file }, resourceLimits: LIMITS });
  thread.unref();
  /** Who asked and was not answered; the thread answers one after another of each. */
  const waiting: { of: Asked["ask"]; told(told: Told): void; ended(): void }[] = [];
  let hasEnded = false;
  thread.on("message", (told: Told) => {
    if (waiting.length === 1) thread.unref();
    const at = waiting.findIndex(({ of }) => of === told.of);
    waiting.splice(at, 1)[0]?.told(told);
  });
  // Told by its exit, which follows.
  thread.on("error", () => {});
  thread.on("exit", () => {
    hasEnded = true;
    for (const { ended } of waiting.splice(0)) ended();
  });

  function ask(asked: Asked, alone: () => boolean): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const ended = () => {
        try {
          resolve(alone());
        } catch (error) {
          reject(error);
        }
      };
      if (hasEnded) return ended();
      waiting.push({
        of: asked.ask,
        told(told) {
          if ("result" in told) resolve(told.result);
          else reject(Object.assign(new Error(told.error.message), { errcode: told.error.errcode }));
        },
        ended,
      });
      thread.ref();
      thread.postMessage(asked);
    });
  }
  return {
    commit: (batch) => ask({ ask: "commit", batch }, () => here.commit(batch)),
    settle: (through, work) => ask({ ask: "settle", through, work }, () => here.settle(through, work)),
    async stop() {
      await thread.terminate();
    },
  };
}

/** Writes on the connection that is given, at once. */
export const writerHere = ({ commit, settle }: Writing): Writer => ({
  commit: async (batch) => commit(batch),
  settle: async (through, work) => settle(through, work),
  stop: async () => {},
});
