import { type Command, decide, needsOf, type ResultOf } from "../domain/decide.ts";
import { journaled } from "../domain/journal.ts";
import { isRefusal, type Outcome, type Refusal } from "../domain/outcome.ts";
import { idsOf, type RecordKey } from "../domain/records.ts";
import { Shelf } from "../domain/shelf.ts";
import type { Change, WorkingCopy } from "../domain/working-copy.ts";
import { type Commit, type JournalEntry, type Store, StoreBusyError } from "../store/store.ts";
import type { Clock } from "./clock.ts";

/** The most commands that share a commit. */
const BATCH_LIMIT = 1000;

/** What became of a command: refused, or done with what it answers. */
export type Answer<C extends Command> = Refusal | { result: ResultOf<C> };

/** Commands that succeed or fail as one, and those waiting for their answers. */
type Job = {
  commands: Command[];
  resolve: (answers: Answer<Command>[]) => void;
  reject: (error: unknown) => void;
};

type LedgerOptions = {
  store: Store;
  clock: Clock;
  /** Told what a commit changed, before anybody is answered. */
  onCommit?: (changes: readonly Change[]) => void;
  /** Told how many commands share a transaction, when it begins. */
  onBatch?: (commands: number) => void;
};

/**
 * The one way anything changes. Commands that arrive while a transaction is in flight, or in the same turn of the
 * event loop, wait and then share the next: load what they name, decide one after another in order of arrival, save,
 * commit, and only then answer each.
 */
export class Ledger {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #onCommit: (changes: readonly Change[]) => void;
  readonly #onBatch: (commands: number) => void;
  #waiting: Job[] = [];
  #running: Promise<void> | undefined;

  constructor({ store, clock, onCommit = () => {}, onBatch = () => {} }: LedgerOptions) {
    this.#store = store;
    this.#clock = clock;
    this.#onCommit = onCommit;
    this.#onBatch = onBatch;
  }

  /** Decides a command and makes its outcome durable. Throws {@link StoreBusyError} if the store could not commit. */
  async submit<C extends Command>(command: C): Promise<Answer<C>> {
    const [answer] = await this.submitTogether([command]);
    return answer as Answer<C>;
  }

  /**
   * Decides commands one after another as one change: if any is refused, none has an effect, and that refusal is the
   * last answer.
   */
  submitTogether(commands: Command[]): Promise<Answer<Command>[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ commands, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** How many changes wait for a transaction to begin. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Resolves when every command submitted so far is answered. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      await endOfTurn();
      await this.#commit(this.#nextBatch());
    }
    this.#running = undefined;
  }

  #nextBatch(): Job[] {
    let commands = 0;
    let end = 0;
    while (end < this.#waiting.length) {
      commands += (this.#waiting[end] as Job).commands.length;
      if (end > 0 && commands > BATCH_LIMIT) break;
      end++;
    }
    return this.#waiting.splice(0, end);
  }

  /** A batch that fails for a fault of one of its jobs is tried again job by job, so that the others succeed. */
  async #commit(jobs: Job[]): Promise<void> {
    try {
      const answers = await this.#transact(jobs);
      for (const [i, job] of jobs.entries()) job.resolve(answers[i] as Answer<Command>[]);
    } catch (error) {
      if (jobs.length === 1 || error instanceof StoreBusyError) for (const job of jobs) job.reject(error);
      else for (const job of jobs) await this.#commit([job]);
    }
  }

  async #transact(jobs: Job[]): Promise<Answer<Command>[][]> {
    const now = this.#clock();
    this.#onBatch(jobs.reduce((sum, { commands }) => sum + commands.length, 0));
    const keys = distinct(jobs.flatMap((job) => job.commands.flatMap(needsOf)));
    let answers: Answer<Command>[][] = [];
    let changes: readonly Change[] = [];
    await this.#store.transact(keys, (records) => {
      const journal: JournalEntry[] = [];
      answers = jobs.map((job) => decideTogether(job.commands, records, now, journal));
      changes = records.changes;
      return { changes, journal } as Commit;
    });
    if (changes.length > 0) this.#onCommit(changes);
    return answers;
  }
}

function decideTogether(
  commands: Command[],
  records: WorkingCopy,
  now: number,
  journal: JournalEntry[],
): Answer<Command>[] {
  if (commands.length === 1) return [decideOne(commands[0] as Command, records, now, journal)];
  const fork = records.fork();
  const entries: JournalEntry[] = [];
  const answers: Answer<Command>[] = [];
  for (const command of commands) {
    const answer = decideOne(command, fork, now, entries);
    answers.push(answer);
    if (isRefusal(answer)) return answers;
  }
  records.adopt(fork);
  journal.push(...entries);
  return answers;
}

function decideOne(command: Command, records: WorkingCopy, now: number, journal: JournalEntry[]): Answer<Command> {
  const outcome: Outcome<unknown> = decide(command, records, now);
  if (isRefusal(outcome)) return outcome;
  if (outcome.writes.length > 0) {
    const steps = records.write(outcome.writes).map(journaled);
    journal.push({
      appid: (outcome.writes[0] as (typeof outcome.writes)[0]).value.appid,
      at: now,
      command: command.do,
      steps,
    });
  }
  return { result: outcome.result } as Answer<Command>;
}

/** Each key once: the commands of a batch often name the same coupon. */
function distinct(keys: RecordKey[]): RecordKey[] {
  const seen = new Shelf<true>();
  return keys.filter((key) => {
    const path = [key.need, ...idsOf(key)];
    if (seen.get(path)) return false;
    seen.set(path, true);
    return true;
  });
}

/** Lets the event loop read what else has arrived, so that it can share the commit. */
const endOfTurn = () => new Promise<void>((resolve) => setImmediate(resolve));
