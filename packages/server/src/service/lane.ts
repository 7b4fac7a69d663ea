import type { Actor } from "../domain/actor.ts";
import type { Command, ResultOf } from "../domain/decide.ts";
import type { Refusal } from "../domain/outcome.ts";
import type { RecordKey } from "../domain/records.ts";
import { StoreBusyError } from "../store/store.ts";

/** The most commands that share a commit, and the most that the first commits of an app do. */
const [BATCH_LIMIT, FIRST_LIMIT] = [1000, 64];
/** The most commands of one app that may wait. */
const WAITING_LIMIT = 4000;
/** Which part of the patience a commit may take before the next ones are made smaller. */
const SLOW = 1 / 4;

/** What became of a command: refused, or done with what it answers. */
export type Answer<C extends Command> = Refusal | { result: ResultOf<C> };

/** Commands of one app that succeed or fail as one, and who waits for their answers. */
export type Job = {
  commands: Command[];
  /** Whose they are. */
  by: Actor;
  /** What they are decided on. */
  keys: RecordKey[];
  /** By `performance.now()`. */
  arrivedAt: number;
  resolve: (answers: Answer<Command>[]) => void;
  reject: (error: unknown) => void;
};

/**
 * The commands of one app that wait, in order of arrival, and how many of them the next commit takes: fewer after one
 * that the database had no time for, gradually more while it is quick.
 */
export class Lane {
  #jobs: Job[] = [];
  #limit = FIRST_LIMIT;
  readonly #total: { waiting: number };
  #waiting = 0;
  /** Whether a transaction of the app is under way. */
  isRunning = false;

  /** `total`: how many commands wait, of all apps. */
  constructor(total: { waiting: number }) {
    this.#total = total;
  }

  get isEmpty(): boolean {
    return this.#jobs.length === 0;
  }

  /** Whether there is room for a job of some commands. A job of any size fits where none waits. */
  hasRoomFor = (commands: readonly Command[]): boolean =>
    this.isEmpty || this.#waiting + commands.length <= WAITING_LIMIT;

  push(job: Job): void {
    this.#jobs.push(job);
    this.#count(job.commands.length);
  }

  /** Takes the next batch: one job at least, and more while the limit is kept. */
  nextBatch(): Job[] {
    let commands = 0;
    const end = this.#jobs.findIndex((job, i) => {
      commands += job.commands.length;
      return i > 0 && commands > this.#limit;
    });
    return this.#take(end === -1 ? this.#jobs.length : end);
  }

  /** Tells those who arrived before a time that they waited too long. Nothing of theirs was decided. */
  shed(before: number): void {
    const end = this.#jobs.findIndex(({ arrivedAt }) => arrivedAt >= before);
    for (const job of this.#take(end === -1 ? this.#jobs.length : end))
      job.reject(new StoreBusyError("the commands before it took too long"));
  }

  /** Learns from a commit of so many commands, which took a share of the patience; `busy`: the database had no time for it. */
  learn(commands: number, share: number, busy: boolean): void {
    const tried = Math.min(commands, this.#limit);
    // A slow commit of few is slow for another reason, and smaller ones would only be more.
    if (busy) this.#limit = Math.max(1, Math.floor(tried / 2));
    else if (share > SLOW) this.#limit = Math.min(this.#limit, Math.max(FIRST_LIMIT, Math.floor(tried / 2)));
    else if (share < SLOW / 2 && commands * 2 > this.#limit)
      this.#limit = Math.min(BATCH_LIMIT, this.#limit + Math.ceil(this.#limit / 4));
  }

  #take(count: number): Job[] {
    const taken = this.#jobs.splice(0, count);
    for (const { commands } of taken) this.#count(-commands.length);
    return taken;
  }

  #count(change: number): void {
    this.#waiting += change;
    this.#total.waiting += change;
  }
}
