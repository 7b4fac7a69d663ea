import type { LoggedCall } from "../domain/sandbox/call-log.ts";
import type { Store } from "../store/store.ts";
import { Soon } from "./soon.ts";

/** How long calls are gathered before they are written down, in milliseconds. */
const GATHER_MS = 50;
/** How many calls, and how many characters of what they sent and were answered, may wait to be written down. */
const [CALLS, CHARACTERS] = [5000, 2 ** 24];

/** A call that was answered, to be told later; `size`: how many characters are kept for that until then. */
export type Answered = { size: number; tell(): LoggedCall };

type CallLogOptions = {
  store: Pick<Store, "keepCalls">;
  /** Calls were answered and could not be written down. */
  onDropped: (calls: number, error?: unknown) => void;
};

/**
 * Writes down the calls of sandbox apps beside the answering: in batches, one after another, none of which a call waits
 * for. Where the store is slow, what comes is dropped, and told. What waits is lost if the process is killed.
 */
export class CallLog {
  readonly #options: CallLogOptions;
  #gathered: Answered[] = [];
  #characters = 0;
  #dropped = 0;
  readonly #writing = new Soon(GATHER_MS, () => this.#write());

  constructor(options: CallLogOptions) {
    this.#options = options;
  }

  /** Takes a call to be written down soon. */
  add(answered: Answered): void {
    if (this.#gathered.length >= CALLS || this.#characters + answered.size > CHARACTERS) this.#dropped++;
    else {
      this.#gathered.push(answered);
      this.#characters += answered.size;
    }
    this.#writing.begin();
  }

  /** Resolves when every call so far is written down or dropped. */
  written(): Promise<void> {
    return this.#writing.done();
  }

  async #write(): Promise<void> {
    const gathered = this.#gathered;
    if (this.#dropped > 0) this.#options.onDropped(this.#dropped);
    [this.#gathered, this.#characters, this.#dropped] = [[], 0, 0];
    if (gathered.length === 0) return;
    try {
      await this.#options.store.keepCalls(gathered.map((answered) => answered.tell()));
    } catch (error) {
      this.#options.onDropped(gathered.length, error);
    }
  }
}
