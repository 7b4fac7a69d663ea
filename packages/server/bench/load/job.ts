/** What the generator sends, for how long, and at how many connections. */
export type Job = {
  /** Where servers listen; the connections are spread over them evenly. */
  ports: readonly number[];
  /** What the servers speak: HTTP where it is left out, or Redis' protocol, in which bodies are whole commands. */
  wire?: "http" | "redis";
  /** Path and query of every request; all are POST. Redis has none. */
  path: string;
  bodies: Bodies;
  connections: number;
  /** How often each connection sends, in milliseconds; left out: as soon as it was answered. */
  everyMs?: number;
  /** How long the load runs before anything is counted, and how long it is counted, in milliseconds. */
  warmUpMs: number;
  ms: number;
  /**
   * How many generations of their journal servers that settle it later shall settle in the counted time, which is longer for
   * it where need be: a load that is over before owes the most of its work. Left out: nobody looks.
   */
  generations?: number | undefined;
  /** The servers' processes, whose use of the processor is counted over the same time, and their database's, if any. */
  serverPids: readonly number[];
  databasePid?: number | undefined;
};

export type Bodies =
  /** These bodies in turn, over and over, whichever connection is free. */
  | { kind: "cycle"; bodies: readonly string[] }
  /**
   * A new body each time: every `~` becomes a random one of `A-Z a-z 0-9 _ -`, every `#` a random hex digit, every `%` a
   * random decimal digit, and every eight `@` together the number of the request, counted on from one job to the next.
   */
  | { kind: "random"; template: string };

/** What came of a job. Times are in milliseconds. */
export type Tally = {
  ms: number;
  /** Replies that came, and those of them that were HTTP 200 with errcode 0. */
  completed: number;
  succeeded: number;
  /** Replies that came at all, also before and after the counted time. */
  answered: number;
  p50: number;
  p99: number;
  /** Processor time used in the counted time; NaN where the system does not tell. */
  serverCpuMs: number;
  generatorCpuMs: number;
  /** The database's, with all processes that it started; 0 where there is none. */
  databaseCpuMs: number;
  /** What all other processes of the machine used. */
  othersCpuMs: number;
  /** What the servers had written to a disk in the counted time, in bytes; NaN where the system does not tell. */
  writtenBytes: number;
  /** What their database logged for all that was answered, in bytes, where it was asked. */
  loggedBytes?: number;
  /** Of servers that settle their journal later: generations in the counted time, how many were asked for, and what was owed at its end. */
  settling?: (Settling & { asked: number }) | undefined;
};

/** What servers tell of a journal that they settle later: generations settled, and entries still owed. */
export type Settling = { generations: number; owed: number };

/** How many times longer than it should a load takes at most, for the sake of generations. */
const LONGEST = 10;
/** The most that a job's counted time takes, in milliseconds. */
export const longestMs = ({ ms, generations }: Pick<Job, "ms" | "generations">): number =>
  generations === undefined ? ms : ms * LONGEST;

/** How many a second. */
export const rate = ({ completed, ms }: Tally): number => (completed * 1000) / ms;

/** What a call costs the processor, in milliseconds, the database's part included where it is a process of its own. */
export const costOf = ({ serverCpuMs, databaseCpuMs, completed }: Tally): number =>
  (serverCpuMs + (databaseCpuMs || 0)) / completed;
