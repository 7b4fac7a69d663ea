/** The entry of the thread that `writer.ts` starts: does what each message asks for, and answers it. */
import { parentPort, workerData } from "node:worker_threads";
import { assertDurable, reopenDatabase } from "./connection.ts";
import type { Asked, Told } from "./writer.ts";
import { writing } from "./writing.ts";

/** How much is settled until it is looked whether a commit waits: some half a millisecond's work. */
const SLICE = 96;

const db = reopenDatabase((workerData as { file: string }).file);
db.exec("PRAGMA synchronous = FULL");
db.exec("PRAGMA wal_autocheckpoint = 4000");
db.exec("PRAGMA cache_size = -16384");
assertDurable(db);
const { commit, settle } = writing(db);

parentPort?.on("message", (asked: Asked) => {
  if (asked.ask === "settle") settleOn(asked.through, asked.work);
  else tell(asked.ask, () => commit(asked.batch));
});

/** Settles one slice after another; commits that are asked for meanwhile come in between. */
function settleOn(through: number, work: number): void {
  const slice = Math.min(work, SLICE);
  tell("settle", () => {
    const isDone = settle(through, slice);
    if (isDone || slice === work) return isDone;
    setImmediate(settleOn, through, work - slice);
    return undefined;
  });
}

/** Tells what came of what was asked for; undefined: nothing yet. */
function tell(of: Asked["ask"], work: () => boolean | undefined): void {
  try {
    const result = work();
    if (result !== undefined) post({ of, result });
  } catch (error) {
    const { message, errcode } = error as Error & { errcode?: number };
    post({ of, error: { message, errcode } });
  }
}

const post = (told: Told): void => parentPort?.postMessage(told);
