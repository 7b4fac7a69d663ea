import { setImmediate as endOfTurn } from "node:timers/promises";
import type { Left, Owed } from "./owed.ts";
import type { Seen } from "./seen.ts";
import type { Turn } from "./turn.ts";
import type { Writer } from "./writer.ts";
import type { Batch } from "./writing.ts";

/** How long nothing may come before what is owed is settled, in milliseconds. */
const IDLE = 30;
/** How much is settled for each entry that was committed: one is read, and of a claim three rows are written, or four with a stock. */
const WORK_AN_ENTRY = 6;
/** How much is settled for whoever holds the turn: more lets others wait. */
const SLICE = 128;

type Options = {
  owed: Owed;
  seen: Seen;
  turn: Turn;
  /** Takes the turn for what may meet another process's lock, which is waited for. */
  inTurn: <T>(work: () => T | Promise<T>) => Promise<T>;
  atOneMoment: <T>(look: () => T) => T;
  /** How many entries make a generation, which is settled together. */
  generation: number;
  /** The last entry of all journals, as the database tells it now. */
  last: () => number;
  /** Settles all there is, here and at once; answers the last entry that the tables then tell. */
  settleHere: () => number;
};

/**
 * The way of commits while many come: the journal is written and they are acknowledged, the other tables follow a
 * generation of entries at a time. All is to be called by whoever has the turn, unless it says otherwise.
 */
export class JournalFirst {
  readonly #options: Options;
  #writer: Writer | undefined;
  /** The last entry that the tables and what is owed tell together. */
  #known: number;
  /** The last entry of the batch that is being committed, and when that is over. */
  #underWay: { last: number; over: Promise<unknown> } | undefined;
  readonly #idle = setTimeout(() => this.#settleIdly(), IDLE).unref();
  /** How often another process was seen to have written, and the last entry as it was then. */
  #revision = 0;
  #noticed: number | undefined;
  /** How much is to be settled since it last was. */
  #due = 0;
  /** What is settled beside the next decision. */
  #slice: Promise<void> | undefined;
  /** How many wait to read. */
  #reading = 0;

  /** How much of a generation is settled in one go. */
  readonly #sliced: number;

  constructor(options: Options) {
    this.#options = options;
    this.#sliced = Math.max(1, Math.min(SLICE, options.generation));
    this.#known = options.last();
  }

  /** Whether commits go this way. */
  get isOn(): boolean {
    return this.#writer !== undefined;
  }

  begin(writer: Writer): void {
    this.#writer = writer;
    this.#options.seen.begin();
  }

  /** Whether another process wrote since this one looked. */
  isBehind(): boolean {
    return this.#options.last() !== this.#known;
  }

  /** The last entry that the tables and what is owed tell together. */
  get known(): number {
    return this.#known;
  }

  /** Lets somebody read, who has no turn, when the tables and what is owed tell together all that was acknowledged before. */
  async readBeside<T>(read: () => Promise<T>): Promise<T> {
    for (;;) {
      await this.#beSure();
      const answer = this.#readNow(read);
      if (answer) return answer.read;
      await this.#options.inTurn(() => this.catchUp());
    }
  }

  /** Moves with each change of another process, for whoever has no turn. */
  async revision(): Promise<number> {
    await this.#beSure();
    this.#notice(this.#options.last());
    return this.#revision;
  }

  /** Lets the tables tell what another process wrote, if one did. */
  async catchUp(): Promise<void> {
    if (this.isBehind()) await this.settleAll();
  }

  /** Notes that the tables tell all up to `last`, of which this process wrote what comes after `before`. */
  wrote(last: number, before = last): void {
    const { owed, seen } = this.#options;
    this.#notice(before);
    if (before !== this.#known) seen.forget();
    else if (this.isOn) seen.beginAnew();
    owed.forget();
    this.#known = last;
  }

  /**
   * Makes a batch durable and owes what it changed. False, with nothing done: another process wrote since it was decided.
   */
  async commit(batch: Batch, left: Left): Promise<boolean> {
    const last = left.journal.at(-1)?.seq as number;
    const committed = (this.#writer as Writer).commit(batch);
    this.#underWay = { last, over: committed.catch(() => {}) };
    try {
      if (!(await committed)) return false;
      this.#options.owed.add(left);
      this.#known = last;
    } finally {
      this.#underWay = undefined;
    }
    this.#goOn(left.journal.length);
    return true;
  }

  /** Waits until nothing is written beside whoever has the turn. */
  async rest(): Promise<void> {
    await this.#slice;
  }

  /** Settles until less than two generations are owed. */
  async makeRoom(): Promise<void> {
    const { owed, generation } = this.#options;
    if (owed.entries < 2 * generation) return;
    this.#close();
    while (owed.settlingThrough !== undefined) await this.#settle(this.#sliced);
  }

  /** Settles all there is, of whatever process. */
  async settleAll(): Promise<void> {
    const { owed, settleHere } = this.#options;
    await this.rest();
    while (this.#writer && owed.entries > 0) {
      this.#close();
      await this.#settle(Number.MAX_SAFE_INTEGER);
    }
    if (this.isBehind()) this.wrote(settleHere());
  }

  /** Lets somebody read, who needs no turn for it, when the tables tell all that was acknowledged before. */
  async read<T>(read: () => Promise<T>): Promise<T> {
    const { owed, inTurn } = this.#options;
    const isSettled = owed.entries === 0 && this.#underWay === undefined;
    const answer = isSettled && this.#readNow(read);
    if (answer) return answer.read;
    this.#reading++;
    try {
      await inTurn(() => this.catchUp());
      const wanted = this.#known;
      for (;;) {
        const answer = await inTurn(async () => {
          await this.catchUp();
          if (owed.has(wanted)) this.#close();
          await this.#settle(this.#sliced);
          return owed.settlingThrough === undefined && !owed.has(wanted) ? this.#readNow(read) : undefined;
        });
        if (answer) return await answer.read;
      }
    } finally {
      this.#reading--;
    }
  }

  async stop(): Promise<void> {
    clearTimeout(this.#idle);
    this.#options.seen.forget();
    await this.#writer?.stop();
  }

  /** Undefined, with nothing read, where another process wrote. What is read is of one moment, and asked for at once. */
  #readNow<T>(read: () => Promise<T>): { read: Promise<T> } | undefined {
    return this.#options.atOneMoment(() => (this.isBehind() ? undefined : { read: read() }));
  }

  /**
   * Waits while nobody can tell whether the last entry is of the batch under way, which others may have seen already, or
   * another process's of the same number; and until whoever keeps what a commit changes is told of it, in the turn in
   * which it is over.
   */
  async #beSure(): Promise<void> {
    while (this.#underWay && this.#options.last() === this.#underWay.last) {
      await this.#underWay.over;
      await endOfTurn();
    }
  }

  /** Notes that an entry is there, and that another process wrote it unless it is known. */
  #notice(last: number): void {
    if (last === this.#known || last === this.#noticed) return;
    this.#noticed = last;
    this.#revision++;
  }

  #close(): void {
    if (this.#options.owed.settlingThrough === undefined) this.#options.owed.close();
  }

  async #settle(work: number): Promise<void> {
    const { owed } = this.#options;
    await this.rest();
    const through = owed.settlingThrough;
    if (through !== undefined && (await this.#writer?.settle(through, work))) owed.settled();
  }

  /**
   * Settles a little after each commit while a generation is full, and all of it once no more come. The next batch is decided
   * meanwhile, and is not kept waiting for all of it.
   */
  #goOn(entries: number): void {
    const { owed, generation } = this.#options;
    if (owed.entries >= generation && this.#reading === 0) this.#close();
    this.#due = owed.settlingThrough === undefined ? 0 : this.#due + entries * WORK_AN_ENTRY;
    if (this.#due >= this.#sliced && !this.#slice) {
      this.#slice = this.#settle(this.#due)
        .catch(later)
        .finally(() => {
          this.#slice = undefined;
        });
      this.#due = 0;
    }
    this.#idle.refresh();
  }

  /** Goes on until all is settled, or a commit comes. */
  #settleIdly(): void {
    const { owed, turn } = this.#options;
    const known = this.#known;
    const settle = async (): Promise<void> => {
      if (this.#known !== known) return;
      this.#close();
      await this.#settle(this.#sliced);
      if (owed.entries > 0) void turn.take(settle).catch(later);
    };
    if (owed.entries > 0) void turn.take(settle).catch(later);
  }
}

/** What could not be settled now stays owed; whoever needs it, or the next commit, tries again. */
const later = (): void => {};
