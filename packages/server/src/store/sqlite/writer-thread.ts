/** The entry of the thread that `writer.ts` starts: does what each message asks for, and answers it. */
import { parentPort, workerData } from "node:worker_threads";
import { assertDurable, reopenDatabase } from "./connection.ts";
import type { Asked, Told } from "./writer.ts";
import { writing } from "./writing.ts";

const db = reopenDatabase((workerData as { file: string }).file);
db.exec("PRAGMA synchronous = FULL");
db.exec("PRAGMA wal_autocheckpoint = 4000");
db.exec("PRAGMA cache_size = -16384");
assertDurable(db);
const { commit, settle } = writing(db);

parentPort?.on("message", (asked: Asked) => parentPort?.postMessage(answer(asked)));

function answer(asked: Asked): Told {
  try {
    return { result: asked.ask === "commit" ? commit(asked.batch) : settle(asked.through, asked.work) };
  } catch (error) {
    const { message, errcode } = error as Error & { errcode?: number };
    return { error: { message, errcode } };
  }
}
