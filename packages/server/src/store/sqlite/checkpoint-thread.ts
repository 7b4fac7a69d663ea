/** The entry of the thread that `checkpoints.ts` starts: a checkpoint for each message. */
import { parentPort, workerData } from "node:worker_threads";
import { reopenDatabase } from "./connection.ts";

const db = reopenDatabase((workerData as { file: string }).file);
db.exec("PRAGMA synchronous = FULL");
/** Waits for no reader or writer: what it cannot move now, it moves the next time. */
const checkpoint = db.prepare("PRAGMA wal_checkpoint(PASSIVE)");

parentPort?.on("message", () => {
  try {
    checkpoint.get();
  } catch {
    // A full disk, say: the log keeps everything, and the connection that writes tries again.
  }
});
