import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Actor } from "../../domain/actor.ts";
import { countOf } from "../../domain/hand-outs/lines.ts";
import { isOpen } from "../../domain/hand-outs/progress.ts";
import { isRefusal, type Refusal, refuse } from "../../domain/outcome.ts";
import type { HandOut } from "../../domain/records.ts";
import { type Store, StoreBusyError } from "../../store/store.ts";
import type { Clock } from "../clock.ts";
import type { Ledger } from "../ledger.ts";
import { decideLines, jobOf } from "./decide.ts";
import { addList, LIST_SECONDS, type ListedPerson, nameAt, removeList, removeLooseLists } from "./lists.ts";
import { thenRest } from "./rest.ts";

/** How many lines are decided together: they share commits with the claims that arrive meanwhile. */
const BATCH = 200;
/** How many hand-outs of all apps a process works on at once, and how many batches of each before others get their turn. */
const [AT_ONCE, TURN] = [4, 20];
/** How long to wait where nothing can be done now, in milliseconds. */
const WAIT = 200;
/** How often it is looked for lists that a crash left, in seconds. */
const LOOSE_SECONDS = 60;

type HandOutsOptions = { store: Store; ledger: Ledger; clock: Clock };

/** What somebody asks to hand out. */
type Asked = Pick<HandOut, "appid" | "handOutId" | "outCouponId" | "dryRun" | "by">;

/**
 * Hand-outs: lists of people who are each given one of a coupon, by the rules of a claim. Lines are decided in order and
 * in batches; their results and how far it is are noted after the claims' commit, so that after a crash the last batch is
 * decided again, and has the same answers. One process at a time works on a hand-out.
 */
export class HandOuts {
  readonly #options: HandOutsOptions;
  /** How other processes know this one. */
  readonly #worker = randomUUID();
  #isClosing = false;
  #lookedForLoose = 0;

  constructor(options: HandOutsOptions) {
    this.#options = options;
  }

  /**
   * Makes a hand-out of a list as it comes. Its id again, with the same coupon, answers the one that is there and reads
   * nothing. Where the list cannot be read to its end nothing is left of it, and the error is thrown on.
   */
  async create(asked: Asked, people: AsyncIterable<ListedPerson>): Promise<Refusal | HandOut> {
    const { store, ledger, clock } = this.#options;
    const { appid, handOutId, outCouponId, by } = asked;
    const before = await store.handOut(appid, handOutId);
    if (before) return before.outCouponId === outCouponId ? before : refuse("hand_out_exists", { id: handOutId });
    if (!(await store.coupon(appid, outCouponId))) return refuse("unknown_coupon", { id: outCouponId });
    const list = nameAt(clock());
    const latest = clock() + LIST_SECONDS;
    // What cannot be removed now is removed later, as what a crash left.
    const remove = () => removeList(store, { appid, list }).catch(() => {});
    const total = await addList(store, { appid, list }, people, () => clock() > latest).catch(async (error) => {
      await remove();
      throw error;
    });
    // Where this throws, it may yet have been made: then its lines are left to be looked after later.
    const answer = await ledger.submit({ do: "createHandOut", ...asked, list, total }, by);
    if (isRefusal(answer) || answer.result.list !== list) await remove();
    return resultOf(answer);
  }

  /** Begins a hand-out after its dry run. */
  start = async (appid: string, handOutId: string, by: Actor): Promise<Refusal | HandOut> =>
    resultOf(await this.#options.ledger.submit({ do: "startHandOut", appid, handOutId }, by));

  /** Ends a hand-out where it is. */
  cancel = async (appid: string, handOutId: string, by: Actor): Promise<Refusal | HandOut> =>
    resultOf(await this.#options.ledger.submit({ do: "cancelHandOut", appid, handOutId }, by));

  /** Works on all hand-outs that no other process has until nothing is left to do, or until it is told to end. */
  async work(): Promise<void> {
    const { store, clock } = this.#options;
    if (clock() - this.#lookedForLoose >= LOOSE_SECONDS) {
      this.#lookedForLoose = clock();
      await removeLooseLists(store, clock());
    }
    for (let goesOn = true; goesOn && !this.#isClosing; ) {
      const open = await store.listOpenHandOuts(this.#worker, clock(), AT_ONCE);
      const turns = await Promise.allSettled(open.map((handOut) => this.#turn(handOut)));
      const fault = turns.find(({ status }) => status === "rejected");
      if (fault) throw (fault as PromiseRejectedResult).reason;
      goesOn = turns.some((turn) => turn.status === "fulfilled" && turn.value !== undefined);
    }
  }

  /**
   * Works on one hand-out until it is over, and tells how far it is after each turn; where another process has it, waits
   * and tells. Answers it as it is in the end, also where it is told to end before.
   */
  async finish(appid: string, handOutId: string, onProgress: (handOut: HandOut) => void): Promise<HandOut | undefined> {
    for (;;) {
      const handOut = await this.#options.store.handOut(appid, handOutId);
      if (handOut) onProgress(handOut);
      if (!handOut || !isOpen(handOut) || this.#isClosing) return handOut;
      if (!(await this.#turn(handOut, onProgress))) await sleep(WAIT);
    }
  }

  /** Lets no batch begin any more. */
  close(): void {
    this.#isClosing = true;
  }

  /** Decides some batches of a hand-out. Answers it as it is then; undefined where nothing could be done. */
  async #turn(handOut: HandOut, onProgress: (handOut: HandOut) => void = () => {}): Promise<HandOut | undefined> {
    let done: HandOut | undefined;
    try {
      const { appid, handOutId } = handOut;
      const { ledger, clock } = this.#options;
      const command = { do: "takeHandOut", appid, handOutId, worker: this.#worker, real: clock() } as const;
      const taken = await ledger.submit(command, jobOf(handOut));
      let current = isRefusal(taken) ? undefined : taken.result;
      for (let batches = 0; current && batches < TURN && !this.#isClosing; batches++) {
        const batch = current;
        const next = await thenRest(() => this.#batch(batch));
        if (!next) return done;
        done = next;
        onProgress(next);
        current = isOpen(next) ? next : undefined;
      }
    } catch (error) {
      if (!(error instanceof StoreBusyError)) throw error;
    }
    return done;
  }

  /** Decides the next lines of a hand-out and notes what became of them; undefined where somebody else went on meanwhile. */
  async #batch(handOut: HandOut): Promise<HandOut | undefined> {
    const { store, ledger, clock } = this.#options;
    const { appid, handOutId, list, after } = handOut;
    const lines = await store.listHandOutLines(appid, list, after, BATCH);
    const isGone = lines.length === 0 && !(await store.handOut(appid, handOutId));
    // Its app was emptied meanwhile.
    if (isGone) return undefined;
    if (lines.length === 0 && handOut.state !== "cancelled")
      throw new Error(`lines of hand-out ${handOutId} of app ${appid} are missing after line ${after}`);
    const decided = await decideLines(ledger, handOut, lines);
    if (decided.length > 0) await store.noteHandOutLines(handOut, this.#worker, decided);
    const counted = countOf(decided.map(({ result }) => result));
    const by = { worker: this.#worker, real: clock() };
    const advance = { to: decided.at(-1)?.line ?? after, lines: decided.length, ...counted };
    const command = { do: "advanceHandOut", appid, handOutId, ...by, after, ...advance } as const;
    const advanced = await ledger.submit(command, jobOf(handOut));
    return isRefusal(advanced) ? undefined : advanced.result;
  }
}

const resultOf = <T>(answer: Refusal | { result: T }): Refusal | T => (isRefusal(answer) ? answer : answer.result);
