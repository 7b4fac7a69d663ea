import { closeSync, fdatasyncSync, openSync, readFileSync, statfsSync, writeSync } from "node:fs";
import { availableParallelism, cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { median } from "./rounds.ts";

/** File systems in memory (Linux's tmpfs): nothing that is synced there is durable. */
const TMPFS = 0x01021994;

/** What the figures were measured on: compare ratios between machines, never absolute numbers. */
export function describeMachine(directory: string): string {
  const gib = (totalmem() / 2 ** 30).toFixed(0);
  const disk =
    statfsSync(tmpdir()).type === TMPFS
      ? "IN MEMORY, so commits cost nothing: set TMPDIR to a directory on a disk"
      : `a write of 4 KiB made durable in ${syncMs(directory).toFixed(2)} ms`;
  return [
    `machine   ${availableParallelism()} cores of ${cpus()[0]?.model.trim()}, ${gib} GiB, ${process.platform} ${process.arch}`,
    `node      ${process.version}`,
    `disk      ${tmpdir()}: ${disk}`,
  ].join("\n");
}

function syncMs(directory: string): number {
  const file = openSync(join(directory, "sync"), "w");
  const block = Buffer.alloc(4096);
  const times = Array.from({ length: 50 }, () => {
    const begin = performance.now();
    writeSync(file, block);
    fdatasyncSync(file);
    return performance.now() - begin;
  });
  closeSync(file);
  return median(times);
}

/** Processor time a process has used, in milliseconds, by Linux's clock of 100 ticks a second; elsewhere NaN. */
export function cpuMsOf(pid: number): number {
  try {
    return ticksOf(pid, 11, 12) * 10;
  } catch {
    return Number.NaN;
  }
}

/** The sum of fields of a process's `stat`, counted from behind its name. */
function ticksOf(pid: number, ...fields: number[]): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  const behindName = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields.reduce((sum, field) => sum + Number(behindName[field]), 0);
}

/** The same of a process, of those it started, and of those of them that have ended. */
export function cpuMsOfAll(pid: number): number {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "latin1").split(" ").filter(Boolean);
    return children.reduce((sum, child) => sum + (cpuMsOf(Number(child)) || 0), ticksOf(pid, 11, 12, 13, 14) * 10);
  } catch {
    return Number.NaN;
  }
}

/** Processor time all processes of the machine have used, and what its host took away, likewise. */
export function machineCpuMs(): number {
  try {
    const [user, nice, system, , , irq, softirq, steal] = readFileSync("/proc/stat", "latin1")
      .split("\n", 1)
      .join()
      .split(/ +/)
      .slice(1)
      .map(Number) as [number, number, number, number, number, number, number, number];
    return (user + nice + system + irq + softirq + steal) * 10;
  } catch {
    return Number.NaN;
  }
}

/** What a process has had written to a disk since it began, in bytes, by the pages that it dirtied; NaN where the system does not tell. */
export function writtenBytesOf(pid: number): number {
  try {
    return Number(/^write_bytes: (\d+)/m.exec(readFileSync(`/proc/${pid}/io`, "latin1"))?.[1]);
  } catch {
    return Number.NaN;
  }
}

/** Memory of a process that is in RAM, in MiB; NaN where the system does not tell. */
export const residentMiB = (pid: number): number => memoryOf(pid, /^VmRSS:\s+(\d+) kB/m);

/** The most of it that there ever was. */
export const mostResidentMiB = (pid: number): number => memoryOf(pid, /^VmHWM:\s+(\d+) kB/m);

function memoryOf(pid: number, line: RegExp): number {
  try {
    return Number(line.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}
