/**
 * The load generator: a process of its own that takes one job at a time from its parent and tells what came of it.
 *
 * It is written by hand because what generates load must not be what is measured. On two cores, against bare `node:http`
 * with 190 KB replies, autocannon reaches 15 600 replies a second, wrk 19 800 and this 21 500 with a third of its core to
 * spare: autocannon would have told its own ceiling for both sides, and a ratio nearer to 1 than it is. It also can make
 * each request's ids anew without a cost that shows.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { cpuMsOf, cpuMsOfAll, machineCpuMs, writtenBytesOf } from "../system.ts";
import { Connection } from "./connection.ts";
import type { Job, Tally } from "./job.ts";
import { Latencies } from "./latencies.ts";
import { readers } from "./replies.ts";
import { requestMaker } from "./requests.ts";
import { watchSettling } from "./settling.ts";

async function run(job: Job): Promise<Tally> {
  const latencies = new Latencies();
  let counting = false;
  let completed = 0;
  let succeeded = 0;
  let answered = 0;
  const onReply = (ms: number, ok: boolean) => {
    answered++;
    if (!counting) return;
    completed++;
    if (ok) succeeded++;
    latencies.add(ms);
  };

  const requestsOf = requestMaker(job);
  const conversation = { read: readers[job.wire ?? "http"], onReply, everyMs: job.everyMs };
  const portOf = (nth: number) => job.ports[nth % job.ports.length] as number;
  const connect = (_: unknown, nth: number) => new Connection(portOf(nth), { next: requestsOf(), ...conversation });
  const connections = Array.from({ length: job.connections }, connect);
  await Promise.all(connections.map((connection) => connection.start()));
  await sleep(job.warmUpMs);

  const settled = await watchSettling(job);
  const used = usage(job);
  const begin = performance.now();
  counting = true;
  await sleep(job.ms);
  const settling = await settled(begin);
  counting = false;
  const ms = performance.now() - begin;
  const use = used();
  await Promise.all(connections.map((connection) => connection.stop()));
  const [p50, p99] = [latencies.percentile(0.5), latencies.percentile(0.99)];
  return { ms, completed, succeeded, answered, p50, p99, settling, ...use };
}

/** Tells, when it is called, who used the processor since, and what servers wrote. */
function usage({ serverPids, databasePid }: Job): () => Usage {
  const servers = () => serverPids.reduce((sum, pid) => sum + cpuMsOf(pid), 0);
  const written = () => serverPids.reduce((sum, pid) => sum + writtenBytesOf(pid), 0);
  const database = () => (databasePid === undefined ? 0 : cpuMsOfAll(databasePid));
  const before = { servers: servers(), database: database(), written: written(), machine: machineCpuMs() };
  const generator = process.cpuUsage();
  return () => {
    const serverCpuMs = servers() - before.servers;
    const databaseCpuMs = database() - before.database;
    const { user, system } = process.cpuUsage(generator);
    const generatorCpuMs = (user + system) / 1000;
    const othersCpuMs = machineCpuMs() - before.machine - serverCpuMs - databaseCpuMs - generatorCpuMs;
    return { serverCpuMs, databaseCpuMs, generatorCpuMs, othersCpuMs, writtenBytes: written() - before.written };
  };
}
type Usage = Pick<Tally, "serverCpuMs" | "databaseCpuMs" | "generatorCpuMs" | "othersCpuMs" | "writtenBytes">;

process.on("message", (job: Job) => {
  run(job).then(
    (tally) => process.send?.({ tally }),
    (error: Error) => process.send?.({ error: error.message }),
  );
});
process.once("disconnect", () => process.exit());
