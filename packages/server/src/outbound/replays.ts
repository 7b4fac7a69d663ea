import { LRUCache } from "lru-cache";

/** How many signatures are remembered; with its keys about 20 MB at most. */
const REMEMBERED = 100_000;

/**
 * Remembers which request each encrypted reply answered. A reply is known by its MsgSignature, which covers its Nonce
 * and the rest. One that is forgotten is refused by its TimeStamp, or because it repeats another request_id.
 */
export class Replays {
  /** As a size, since a number of entries is given its whole room at once: 15 ms of each start. */
  readonly #answered = new LRUCache<string, string>({ maxSize: REMEMBERED, sizeCalculation: () => 1 });

  /** Whether the reply answered another request before; else it is remembered for this one. */
  isReplayed(appid: string, msgSignature: string, requestId: string): boolean {
    const key = `${appid} ${msgSignature}`;
    const before = this.#answered.get(key);
    if (before === undefined) this.#answered.set(key, requestId);
    return before !== undefined && before !== requestId;
  }
}
