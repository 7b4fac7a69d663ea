/** The entry of the thread that `seen-rows.ts` starts: notes the rows of the tables, and ends. */
import { workerData } from "node:worker_threads";
import { Bits } from "./bits.ts";
import { readDatabase } from "./connection.ts";
import { noteRows } from "./seen-rows.ts";

const { file, words } = workerData as { file: string; words: Int32Array<SharedArrayBuffer> };
const db = readDatabase(file);
noteRows(db, new Bits(words));
db.close();
