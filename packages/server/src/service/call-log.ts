import type { LoggedCall } from "../domain/sandbox/call-log.ts";
import type { Store } from "../store/store.ts";

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
  #timer: NodeJS.Timeout | undefined;
  /** The write that is under way, and the one that waits for it. */
  #writing: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

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
    this.#timer ??= setTimeout(() => void this.written(), GATHER_MS).unref();
  }

  /** Resolves when every call so far is written down or dropped. */
  written(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#next ??= this.#writing.then(() => this.#write());
    return this.#next;
  }

  #write(): Promise<void> {
    const gathered = this.#gathered;
    if (this.#dropped > 0) this.#options.onDropped(this.#dropped);
    [this.#gathered, this.#characters, this.#dropped, this.#next] = [[], 0, 0, undefined];
    if (gathered.length > 0) this.#writing = this.#keep(gathered);
    return this.#writing;
  }

  async #keep(gathered: readonly Answered[]): Promise<void> {
    try {
      await this.#options.store.keepCalls(gathered.map((answered) => answered.tell()));
    } catch (error) {
      this.#options.onDropped(gathered.length, error);
    }
  }
}
