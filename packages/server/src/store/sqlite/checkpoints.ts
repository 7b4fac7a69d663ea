import { extname } from "node:path";
import { Worker } from "node:worker_threads";

/** How many records are saved from one checkpoint to the next: claims dirty about three pages for each two. */
const RECORDS_BETWEEN = 1000;

/**
 * Moves what was committed from the log into the database on a thread of its own, so that no commit waits for it. The
 * log is bounded without it too: a commit that finds it too long moves what is left, and only then the log begins anew.
 */
export function checkpoints(file: string) {
  let thread: Worker | undefined;
  let records = 0;
  return {
    /** Counts the records of a commit. The thread starts when it is first needed: a short command never pays for it. */
    saved(count: number): void {
      records += count;
      if (records < RECORDS_BETWEEN) return;
      records = 0;
      thread ??= start(file);
      thread.postMessage("checkpoint");
    },
    async stop(): Promise<void> {
      await thread?.terminate();
    },
  };
}

/** TypeScript in the repository, JavaScript where this is published: as this module, so its neighbour. */
const entry = new URL(`./checkpoint-thread${extname(import.meta.url)}`, import.meta.url);

function start(file: string): Worker {
  const thread = new Worker(entry, { workerData: { file } });
  // Should the thread end, the connection that writes does all of its work.
  thread.on("error", () => {});
  thread.unref();
  return thread;
}
