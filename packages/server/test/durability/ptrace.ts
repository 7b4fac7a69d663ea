import { dlopen, getRawPointer } from "node:ffi";
import { openSync, readSync } from "node:fs";

/** A call of the kernel: where it begins, and, with `result`, where it has returned. */
export type Call = { thread: number; name: string; args: readonly number[]; result: number | undefined };

/** The calls that are told of, by their numbers on each architecture. */
const numbers: Record<string, Record<number, string>> = {
  x64: {
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
  arm64: {
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

const calls = numbers[process.arch] ?? {};

// ptrace(2), prctl(2), seccomp(2).
const [CONTINUE, TO_RETURN, GET_CALL, SEIZE] = [7, 24, 0x420e, 0x4206];
const [MARK_RETURNS, FOLLOW_THREADS, AT_FILTERED, END_WITH_US] = [1, 8, 0x80, 0x100000];
const [NO_NEW_PRIVILEGES, SET_FILTER, FILTER] = [38, 22, 2n];
/** What stops a thread: a call that begins, and one that has returned (SIGTRAP, marked). */
const [FILTERED, RETURNED] = [7, 0x85];
const ALL_THREADS = 0x40000000;

const { functions: kernel } = dlopen(null, {
  ptrace: { arguments: ["i64", "i32", "i64", "i64"], return: "i64" },
  waitpid: { arguments: ["i32", "pointer", "i32"], return: "i32" },
  prctl: { arguments: ["i32", "u64", "u64", "u64", "u64"], return: "i32" },
});

function ptrace(request: number, thread: number, address = 0, data: number | bigint = 0): number {
  return Number(kernel.ptrace(BigInt(request), thread, BigInt(address), BigInt(data)));
}

/**
 * Lets this thread, and those that it starts from now on, stop at those calls alone, which whoever follows it is told of:
 * at all calls it would be far slower. For whoever is followed already; others could not make these calls at all.
 */
export function stopAtCalls(): void {
  const told = Object.keys(calls).map(Number);
  const step = (code: number, k: number, ifSo = 0) => {
    const bytes = Buffer.alloc(8);
    bytes.writeUInt16LE(code, 0);
    bytes.writeUInt8(ifSo, 2);
    bytes.writeUInt32LE(k, 4);
    return bytes;
  };
  // Loads the call's number, compares it with each, and lets it pass or tells of it.
  const compared = told.map((number, i) => step(0x15, number, told.length - i));
  const filter = Buffer.concat([step(0x20, 0), ...compared, step(0x06, 0x7fff0000), step(0x06, 0x7ff00000)]);
  const program = Buffer.alloc(16);
  program.writeUInt16LE(filter.length / 8, 0);
  program.writeBigUInt64LE(getRawPointer(filter), 8);
  const isSet =
    kernel.prctl(NO_NEW_PRIVILEGES, 1n, 0n, 0n, 0n) === 0 &&
    kernel.prctl(SET_FILTER, FILTER, getRawPointer(program), 0n, 0n) === 0;
  if (!isSet) throw new Error("this system lets no process filter its own calls (seccomp)");
}

/**
 * Follows the first thread of a process, and all threads that it starts from now on, until the process ends; answers its
 * exit code. Blocks this thread. The process ends with this one. `begin` is called once it may {@link stopAtCalls}. Throws
 * where the system does not let one process trace another that it started.
 */
export function follow(pid: number, begin: () => void, onCall: (call: Call) => void): number {
  if (ptrace(SEIZE, pid, 0, MARK_RETURNS | FOLLOW_THREADS | AT_FILTERED | END_WITH_US) !== 0)
    throw new Error(
      "this system lets no process trace another (ptrace): in a container, give it the capability SYS_PTRACE",
    );
  begin();
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
    if (event === FILTERED || signal === RETURNED) tellCall(thread, begun, onCall);
    ptrace(begun.has(thread) ? TO_RETURN : CONTINUE, thread, 0, event !== 0 || signal === RETURNED ? 0 : signal);
  }
}

/** What PTRACE_GET_SYSCALL_INFO answers: u8 op; at 24 the number and six arguments, or the result. */
const info = Buffer.alloc(88);
const infoAt = getRawPointer(info);
const [BEGINS, RETURNS] = [3, 2];

function tellCall(thread: number, begun: Map<number, Omit<Call, "result">>, onCall: (call: Call) => void): void {
  if (ptrace(GET_CALL, thread, info.length, infoAt) <= 0) return;
  const op = info.readUInt8(0);
  if (op === BEGINS) {
    const name = calls[Number(info.readBigUInt64LE(24))];
    if (name === undefined) return;
    const args = [0, 1, 2, 3, 4, 5].map((i) => Number(info.readBigUInt64LE(32 + 8 * i)));
    const call = { thread, name, args };
    begun.set(thread, call);
    onCall({ ...call, result: undefined });
  } else if (op === RETURNS) {
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
