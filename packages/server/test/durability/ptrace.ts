import { dlopen, getRawPointer } from "node:ffi";
import { openSync, readSync } from "node:fs";

/** A call of the kernel: where it begins, and, with `result`, where it has returned. */
export type Call = { thread: number; name: string; args: readonly number[]; result: number | undefined };

/** The calls that are told of, by their numbers on each architecture (the kernel's AUDIT_ARCH and syscall tables). */
const calls: Record<number, Record<number, string>> = {
  // x86-64
  3221225534: {
    1: "write",
    9: "mmap",
    18: "pwrite64",
    20: "writev",
    74: "fsync",
    75: "fdatasync",
    77: "ftruncate",
    82: "rename",
    87: "unlink",
    263: "unlinkat",
    264: "renameat",
    285: "fallocate",
    296: "pwritev",
    316: "renameat2",
    328: "pwritev2",
  },
  // arm64
  3221225655: {
    35: "unlinkat",
    38: "renameat",
    46: "ftruncate",
    47: "fallocate",
    64: "write",
    66: "writev",
    68: "pwrite64",
    70: "pwritev",
    82: "fsync",
    83: "fdatasync",
    222: "mmap",
    276: "renameat2",
    287: "pwritev2",
  },
};

// ptrace(2).
const [SYSCALL, GET_SYSCALL_INFO, SEIZE, INTERRUPT] = [24, 0x420e, 0x4206, 0x4207];
const [MARK_CALLS, FOLLOW_THREADS, END_WITH_US] = [1, 8, 0x100000];
/** The signal that a call stops a thread with: SIGTRAP, marked. */
const CALL_STOP = 0x85;
const ALL_THREADS = 0x40000000;

const { functions: kernel } = dlopen(null, {
  ptrace: { arguments: ["i64", "i32", "i64", "i64"], return: "i64" },
  waitpid: { arguments: ["i32", "pointer", "i32"], return: "i32" },
});

function ptrace(request: number, thread: number, address = 0, data: number | bigint = 0): number {
  return Number(kernel.ptrace(BigInt(request), thread, BigInt(address), BigInt(data)));
}

/**
 * Follows the first thread of a process, and all threads that it starts from now on, until the process ends; answers its
 * exit code. Blocks this thread. The process ends with this one. Throws where the system does not let one process trace
 * another that it started.
 */
export function follow(pid: number, onCall: (call: Call) => void): number {
  if (ptrace(SEIZE, pid, 0, MARK_CALLS | FOLLOW_THREADS | END_WITH_US) !== 0 || ptrace(INTERRUPT, pid) !== 0)
    throw new Error(
      "this system lets no process trace another (ptrace): in a container, give it the capability SYS_PTRACE",
    );
  const status = new Int32Array(1);
  const begun = new Map<number, Omit<Call, "result">>();
  for (;;) {
    const thread = kernel.waitpid(-1, status, ALL_THREADS);
    if (thread < 0) throw new Error(`process ${pid} was lost`);
    const [word] = status as unknown as [number];
    if ((word & 0x7f) !== 0x7f) {
      begun.delete(thread);
      if (thread === pid) return (word & 0x7f) === 0 ? (word >> 8) & 0xff : 128 + (word & 0x7f);
      continue;
    }
    const [signal, event] = [(word >> 8) & 0xff, word >> 16];
    if (signal === CALL_STOP) tellCall(thread, begun, onCall);
    const isOurs = signal === CALL_STOP || event !== 0;
    ptrace(SYSCALL, thread, 0, isOurs ? 0 : signal);
  }
}

/** What PTRACE_GET_SYSCALL_INFO answers: u8 op; u32 arch at 4; at 24 the number and six arguments, or the result. */
const info = Buffer.alloc(88);
const infoAt = getRawPointer(info);
const [ENTRY, EXIT] = [1, 2];

function tellCall(thread: number, begun: Map<number, Omit<Call, "result">>, onCall: (call: Call) => void): void {
  if (ptrace(GET_SYSCALL_INFO, thread, info.length, infoAt) <= 0) return;
  const op = info.readUInt8(0);
  if (op === ENTRY) {
    const name = calls[info.readUInt32LE(4)]?.[Number(info.readBigUInt64LE(24))];
    if (name === undefined) return;
    const args = [0, 1, 2, 3, 4, 5].map((i) => Number(info.readBigUInt64LE(32 + 8 * i)));
    const call = { thread, name, args };
    begun.set(thread, call);
    onCall({ ...call, result: undefined });
  } else if (op === EXIT) {
    const call = begun.get(thread);
    begun.delete(thread);
    if (call) onCall({ ...call, result: Number(info.readBigInt64LE(24)) });
  }
}

/** Reads the memory of a process that is followed. */
export function memoryOf(pid: number) {
  const memory = openSync(`/proc/${pid}/mem`, "r");
  return {
    read(at: number, length: number): Buffer {
      const bytes = Buffer.alloc(length);
      if (readSync(memory, bytes, 0, length, at) !== length) throw new Error(`process ${pid} has no memory at ${at}`);
      return bytes;
    },
    /** A text that ends with a zero. */
    text(at: number): string {
      const bytes = Buffer.alloc(4096);
      const length = readSync(memory, bytes, 0, bytes.length, at);
      return bytes.toString("utf8", 0, bytes.subarray(0, length).indexOf(0));
    },
  };
}
