/**
 * Loaded before a program: it kills itself before or after the n-th commit of its main thread or of its others, as
 * `QUANKU_KILL_AT` says, "thread 3 before" for example.
 */
import { DatabaseSync } from "node:sqlite";
import { isMainThread } from "node:worker_threads";

const [where, nth, when] = (process.env.QUANKU_KILL_AT ?? "").split(" ");
const exec = DatabaseSync.prototype.exec;
let commits = 0;

if (where === (isMainThread ? "main" : "thread"))
  DatabaseSync.prototype.exec = function (this: DatabaseSync, sql) {
    const isIt = sql === "COMMIT" && ++commits === Number(nth);
    if (isIt && when === "before") process.kill(process.pid, "SIGKILL");
    exec.call(this, sql);
    if (isIt) process.kill(process.pid, "SIGKILL");
  };
