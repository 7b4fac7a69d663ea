import type { Actor } from "../domain/actor.ts";
import { type Command, decide, needsOf } from "../domain/decide.ts";
import type { JournalEntry } from "../domain/journal-entry.ts";
import { isRefusal, type Outcome } from "../domain/outcome.ts";
import type { RecordKey } from "../domain/records.ts";
import { timeOf } from "../domain/sandbox/clock.ts";
import type { Change, WorkingCopy } from "../domain/working-copy.ts";
import { type Commit, type Store, StoreBusyError } from "../store/store.ts";
import type { Clock } from "./clock.ts";
import { type Done, Journal } from "./journal.ts";
import { type Answer, type Job, Lane } from "./lane.ts";

/** The most commands that may wait, of all apps. */
const WAITING_LIMIT = 16_000;
/** How often it is looked who waited too long, of all the time that anybody may wait. */
const LOOKS = 4;

export type { Answer } from "./lane.ts";

type LedgerOptions = {
  store: Store;
  clock: Clock;
  /** Told what a commit changed, and the entries that tell it, before anybody is answered. */
  onCommit?: (changes: readonly Change[], entries: readonly JournalEntry[]) => void;
  /** Told how many commands share a transaction, when it begins. */
  onBatch?: (commands: number) => void;
  /** Whether the journal is chained and what it tells is counted; the bench alone does without, to tell what it costs. */
  proves?: boolean | undefined;
};

/**
 * The one way anything changes. Commands of an app that arrive while a transaction of it is in flight, or in the same turn
 * of the event loop, wait and then share the next: load what they name, decide one after another in order of arrival,
 * save, commit, and only then answer each. Apps share no transaction, and take turns where the store runs fewer
 * transactions than there are apps. Beyond a number and after a time, commands that wait are told that the store is busy.
 */
export class Ledger {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #onCommit: (changes: readonly Change[], entries: readonly JournalEntry[]) => void;
  readonly #onBatch: (commands: number) => void;
  readonly #proves: boolean;
  readonly #lanes = new Map<string, Lane>();
  /** Apps with commands that wait and no transaction; the first is next. */
  readonly #ready = new Set<Lane>();
  readonly #running = new Set<Promise<void>>();
  readonly #total = { waiting: 0 };
  #looking: NodeJS.Timeout | undefined;

  constructor({ store, clock, onCommit = () => {}, onBatch = () => {}, proves = true }: LedgerOptions) {
    this.#store = store;
    this.#clock = clock;
    this.#onCommit = onCommit;
    this.#onBatch = onBatch;
    this.#proves = proves;
  }

  /** Decides a command of somebody and makes its outcome durable. Rejects with {@link StoreBusyError} if the store could not commit. */
  submit<C extends Command>(command: C, by: Actor): Promise<Answer<C>> {
    return new Promise((resolve, reject) =>
      this.#enqueue([command], by, (answers) => resolve(answers[0] as Answer<C>), reject),
    );
  }

  /**
   * Decides commands of one app one after another as one change: if any is refused, none has an effect, and that refusal
   * is the last answer.
   */
  submitTogether(commands: Command[], by: Actor): Promise<Answer<Command>[]> {
    return new Promise((resolve, reject) => this.#enqueue(commands, by, resolve, reject));
  }

  /**
   * What commands of one app would come to if they were given now, one after another. Changes nothing. `suppose` may make
   * the records other than they are first. Throws {@link StoreBusyError}.
   */
  async preview<C extends Command>(
    commands: readonly C[],
    suppose: (records: WorkingCopy) => void,
  ): Promise<Answer<C>[]> {
    if (commands.length === 0) return [];
    const real = this.#clock();
    let answers: Answer<C>[] = [];
    const keys = commands.flatMap(needsOf);
    await this.#store.transact(keys, (records) => {
      const tried = records.fork();
      suppose(tried);
      answers = commands.map((command) => {
        const outcome = decide(command, tried, timeIn(tried, keys, real));
        if (isRefusal(outcome)) return outcome;
        tried.write(outcome.writes);
        return { result: outcome.result };
      });
      return { changes: [], journal: [] };
    });
    return answers;
  }

  /** How many changes wait for a transaction to begin. */
  get waiting(): number {
    return this.#total.waiting;
  }

  /** Resolves when every command submitted so far is answered. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  /** Throws where it cannot be done; within the promise that is given. */
  #enqueue(commands: Command[], by: Actor, resolve: Job["resolve"], reject: Job["reject"]): void {
    const keys = keysOf(commands);
    const first = keys[0];
    if (!first) {
      resolve([]);
      return;
    }
    if (keys.some(({ appid }) => appid !== first.appid))
      throw new Error("commands of several apps cannot be one change");
    const lane = this.#laneOf(first.appid);
    if (!lane.hasRoomFor(commands) || (this.#total.waiting >= WAITING_LIMIT && !lane.isEmpty))
      throw new StoreBusyError("too many commands wait");
    lane.push({ commands, by, keys, arrivedAt: performance.now(), resolve, reject });
    if (!lane.isRunning) this.#ready.add(lane);
    this.#startReady();
    this.#looking ??= setInterval(() => this.#look(), this.#store.patience / LOOKS).unref();
  }

  #laneOf(appid: string): Lane {
    const lane = this.#lanes.get(appid) ?? new Lane(this.#total);
    this.#lanes.set(appid, lane);
    return lane;
  }

  #startReady(): void {
    for (const lane of this.#ready) {
      if (this.#running.size >= this.#store.writers) return;
      this.#ready.delete(lane);
      const run = this.#runNext(lane).finally(() => {
        this.#running.delete(run);
        if (!lane.isEmpty) this.#ready.add(lane);
        this.#startReady();
      });
      this.#running.add(run);
    }
  }

  async #runNext(lane: Lane): Promise<void> {
    lane.isRunning = true;
    await endOfTurn();
    const began = performance.now();
    lane.shed(began - this.#store.patience);
    const jobs = lane.nextBatch();
    const isBusy = jobs.length > 0 && (await this.#commit(jobs)) === "busy";
    lane.learn(countOf(jobs), (performance.now() - began) / this.#store.patience, isBusy);
    lane.isRunning = false;
  }

  /** A batch that fails for a fault of one of its jobs is tried again in halves, so that the others succeed. */
  async #commit(jobs: Job[]): Promise<"done" | "busy"> {
    try {
      const answers = await this.#transact(jobs);
      for (const [i, job] of jobs.entries()) job.resolve(answers[i] as Answer<Command>[]);
    } catch (error) {
      if (jobs.length === 1 || error instanceof StoreBusyError) for (const job of jobs) job.reject(error);
      else for (const half of halves(jobs)) await this.#commit(half);
      return error instanceof StoreBusyError ? "busy" : "done";
    }
    return "done";
  }

  async #transact(jobs: Job[]): Promise<Answer<Command>[][]> {
    const real = this.#clock();
    this.#onBatch(countOf(jobs));
    const keys = jobs.flatMap((job) => job.keys);
    let answers: Answer<Command>[][] = [];
    let commit: Commit = { changes: [], journal: [] };
    await this.#store.transact(keys, (records) => {
      const journal = new Journal(records, this.#proves);
      const write = (done: Done) => journal.add(done);
      answers = jobs.map((job) => decideTogether(job, records, real, write));
      commit = journal.commit;
      return commit;
    });
    if (commit.changes.length > 0) this.#onCommit(commit.changes, commit.journal);
    return answers;
  }

  /** Tells whoever waited too long, also behind a transaction that is not over yet. */
  #look(): void {
    const before = performance.now() - this.#store.patience;
    for (const lane of this.#lanes.values()) lane.shed(before);
    if (this.#total.waiting > 0) return;
    clearInterval(this.#looking);
    this.#looking = undefined;
  }
}

/** What commands are decided on; most come alone. */
const keysOf = (commands: readonly Command[]): RecordKey[] =>
  commands.length === 1 ? needsOf(commands[0] as Command) : commands.flatMap(needsOf);

const countOf = (jobs: readonly Job[]) => jobs.reduce((sum, { commands }) => sum + commands.length, 0);

const halves = (jobs: Job[]) => [jobs.slice(0, jobs.length / 2), jobs.slice(jobs.length / 2)];

/** The time of the one app that keys name, as the commands before left its clock. */
function timeIn(records: WorkingCopy, keys: readonly RecordKey[], real: number): number {
  const first = keys[0];
  return first ? timeOf(records.clock(first.appid), real) : real;
}

/** Told of each command that changed something, once that stands. */
type Write = (done: Done) => void;

function decideTogether(job: Job, records: WorkingCopy, real: number, write: Write): Answer<Command>[] {
  const { commands, by, keys } = job;
  if (commands.length === 1)
    return [decideOne(commands[0] as Command, by, records, timeIn(records, keys, real), write)];
  const fork = records.fork();
  const done: Done[] = [];
  const answers: Answer<Command>[] = [];
  for (const command of commands) {
    const answer = decideOne(command, by, fork, timeIn(fork, keys, real), (one) => done.push(one));
    answers.push(answer);
    if (isRefusal(answer)) return answers;
  }
  records.adopt(fork);
  for (const one of done) write(one);
  return answers;
}

function decideOne(command: Command, by: Actor, records: WorkingCopy, now: number, write: Write): Answer<Command> {
  const outcome: Outcome<unknown> = decide(command, records, now);
  if (isRefusal(outcome)) return outcome;
  const first = outcome.writes[0];
  if (first) {
    const steps = records.write(outcome.writes);
    write({ appid: first.value.appid, at: now, command: command.do, by, steps });
  }
  return { result: outcome.result } as Answer<Command>;
}

/** Lets the event loop read what else has arrived, so that it can share the commit. */
const endOfTurn = () => new Promise<void>((resolve) => setImmediate(resolve));
