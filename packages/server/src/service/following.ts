import type { KeptAttempt } from "../domain/claims/attempts.ts";
import { beginsJournal } from "../domain/journal.ts";
import type { JournalRow } from "../domain/journal-entry.ts";
import type { KeptCall } from "../domain/sandbox/call-log.ts";
import type { Store } from "../store/store.ts";

/** How often it is looked whether anything happened in an app that is followed, in milliseconds. */
const POLL_MS = 250;
/** How many streams may be open at once. */
const STREAMS = 100;
/** How many events of a kind are read together. */
const PAGE = 200;
/** How many events a follower may be sent before they have caught up: whoever is farther behind is dropped. */
const BEHIND = 5000;
/** How long a follower may take nothing of what waits for them, in milliseconds. */
const SLOW_MS = 30_000;
/** How many pages of an app are kept for those who follow it a little behind the others. */
const PAGES_KEPT = 4;

/** How far somebody follows an app: up to a journal entry, an attempt at its callback and a call, all with them. */
export type Place = { seq: number; nth: number; call: number };

/** Whether a place is farther than another in anything. */
const isBeyond = (one: Place, other: Place): boolean =>
  one.seq > other.seq || one.nth > other.nth || one.call > other.call;

/** What of a place is not beyond another; where somebody knew nothing of calls yet, theirs begin there. */
const within = ({ seq, nth, call }: Followed, now: Place): Place => ({
  seq: Math.min(seq, now.seq),
  nth: Math.min(nth, now.nth),
  call: Math.min(call ?? now.call, now.call),
});

/** A place that somebody comes back to. */
export type Followed = Omit<Place, "call"> & { call?: number | undefined };

/** Something that happened, as it is told: its JSON text, and the place after it. */
export type Happening = { event: "journal" | "callback" | "call"; data: string; place: Place };

/** What a follower is told: what happened, that nothing did, or why nothing more will come. */
export type Told =
  | { happened: readonly Happening[] }
  | { ended: "stopped" | "gone" }
  /** They fell behind; `place` is where the app is now. */
  | { ended: "behind"; place: Place };

type FollowingOptions = {
  store: Pick<
    Store,
    "app" | "journalEnd" | "readJournal" | "listCallbacks" | "listCallbacksAfter" | "listCalls" | "listCallsAfter"
  >;
  /** How what happened is told, as JSON texts. */
  telling: { journal(entry: JournalRow): string; callback(attempt: KeptAttempt): string; call(call: KeptCall): string };
  onError: (error: unknown) => void;
  /** What is bounded, unless given as a server should bear it. */
  limits?: Partial<typeof bounds> | undefined;
};
const bounds = { pollMs: POLL_MS, streams: STREAMS, behind: BEHIND, slowMs: SLOW_MS };
export type FollowingLimits = Partial<typeof bounds>;

/**
 * Tells what happens in apps while it does: what their journals and the attempts at their callbacks grow by, and the logs of
 * calls of sandbox apps, whichever process wrote it. Each app that is followed is looked at a few times a second, however many follow it, and what is new
 * is read and told once for all of them. A follower takes events when they like, and nothing is kept for them.
 */
export class Following {
  readonly #options: FollowingOptions;
  readonly #limits: typeof bounds;
  readonly #apps = new Map<string, Watched>();
  #streams = 0;
  #isClosed = false;

  constructor(options: FollowingOptions) {
    this.#options = options;
    this.#limits = { ...bounds, ...options.limits };
  }

  /** How many follow. */
  get streams(): number {
    return this.#streams;
  }

  /** Follows an app from a place on, or from now; undefined where too many follow, or the server stops. */
  async follow(appid: string, after: Followed | undefined): Promise<Follower | undefined> {
    if (this.#isClosed || this.#streams >= this.#limits.streams) return undefined;
    this.#streams++;
    const watched = this.#apps.get(appid) ?? new Watched(appid, this.#options, this.#limits);
    this.#apps.set(appid, watched);
    const follower = new Follower(watched, this.#limits, () => {
      this.#streams--;
      if (watched.leave(follower)) this.#apps.delete(appid);
    });
    watched.join(follower);
    try {
      await follower.begin(after);
    } catch (error) {
      follower.close();
      throw error;
    }
    return follower;
  }

  /** Ends all streams; none begins any more. */
  close(): void {
    this.#isClosed = true;
    for (const watched of this.#apps.values()) watched.end("stopped");
  }
}

/** Somebody who follows an app. */
export class Follower {
  readonly #watched: Watched;
  readonly #limits: typeof bounds;
  readonly #onClose: () => void;
  #place: Place = { seq: 0, nth: 0, call: 0 };
  #untilCaughtUp = 0;
  #leftAt: number | undefined = performance.now();
  #isClosed = false;
  #ended: Told | undefined;
  readonly #ending = Promise.withResolvers<void>();

  constructor(watched: Watched, limits: typeof bounds, onClose: () => void) {
    this.#watched = watched;
    this.#limits = limits;
    this.#onClose = onClose;
  }

  /** Begins after a place, which is not beyond where the app is now. */
  async begin(after: Followed | undefined): Promise<void> {
    const now = await this.#watched.now();
    this.#place = after ? within(after, now) : now;
  }

  /** What happened since they were told last; waits for it, `ms` milliseconds at most. */
  async next(ms: number): Promise<Told> {
    this.#leftAt = undefined;
    try {
      return this.#ended ?? (await this.#read(ms));
    } finally {
      this.#leftAt = performance.now();
    }
  }

  /** Follows no longer. */
  close(): void {
    if (!this.#isClosed) this.#onClose();
    this.#isClosed = true;
    this.end({ ended: "stopped" });
  }

  /** Tells nothing more but this. */
  end(told: Told): void {
    this.#ended ??= told;
    this.#ending.resolve();
  }

  /** Lets one go who takes nothing of what waits for them. */
  look(): void {
    const waits = isBeyond(this.#watched.place, this.#place);
    if (this.#leftAt === undefined || !waits || performance.now() - this.#leftAt < this.#limits.slowMs) return;
    this.end(this.#behind());
    this.close();
  }

  #behind = (): Told => ({ ended: "behind", place: this.#watched.place });

  async #read(ms: number): Promise<Told> {
    await this.#watched.moved(this.#place, ms, this.#ending.promise);
    if (this.#ended) return this.#ended;
    const happened = await this.#watched.after(this.#place);
    this.#place = happened.at(-1)?.place ?? this.#place;
    this.#untilCaughtUp = isBeyond(this.#watched.place, this.#place) ? this.#untilCaughtUp + happened.length : 0;
    if (this.#untilCaughtUp > this.#limits.behind) {
      this.end(this.#behind());
      return this.#ended as unknown as Told;
    }
    return { happened };
  }
}

/** An app that is followed. */
class Watched {
  readonly #appid: string;
  readonly #options: FollowingOptions;
  readonly #followers = new Set<Follower>();
  readonly #pages = new Map<string, Promise<readonly Happening[]>>();
  readonly #timer: NodeJS.Timeout;
  #waiting = Promise.withResolvers<void>();
  #began: Promise<Place> | undefined;
  /** Whether its calls are logged, which is so for good. */
  #isSandbox = false;
  #isPolling = false;
  #failed = false;
  /** Where the app was when it was looked at last. */
  place: Place = { seq: 0, nth: 0, call: 0 };

  constructor(appid: string, options: FollowingOptions, { pollMs }: typeof bounds) {
    this.#appid = appid;
    this.#options = options;
    this.#timer = setInterval(() => void this.#poll(), pollMs);
  }

  join(follower: Follower): void {
    this.#followers.add(follower);
  }

  /** Answers whether nobody is left. */
  leave(follower: Follower): boolean {
    this.#followers.delete(follower);
    if (this.#followers.size > 0) return false;
    clearInterval(this.#timer);
    return true;
  }

  end(ended: "stopped" | "gone"): void {
    for (const follower of this.#followers) follower.end({ ended });
  }

  /** Where the app is, read once for all who begin to follow it; later, where it was found last. */
  now(): Promise<Place> {
    this.#began ??= this.#begin();
    return this.#began.then(() => this.place);
  }

  async #begin(): Promise<Place> {
    const app = await this.#options.store.app(this.#appid);
    this.#isSandbox = (app?.sandbox ?? null) !== null;
    this.place = await this.#readPlace();
    return this.place;
  }

  /** Resolves when something happened after a place, when the follower's stream ends, or after `ms` milliseconds. */
  async moved(place: Place, ms: number, ending: Promise<void>): Promise<void> {
    if (isBeyond(this.place, place)) return;
    const { promise } = this.#waiting;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    await Promise.race([promise, late, ending]);
    clearTimeout(timer);
  }

  /** What happened after a place, the oldest first; read once for all who are there. */
  async after(place: Place): Promise<readonly Happening[]> {
    if (!isBeyond(this.place, place)) return [];
    const key = `${place.seq} ${place.nth} ${place.call}`;
    const known = this.#pages.get(key);
    if (known) return known;
    const page = this.#read(place);
    this.#pages.set(key, page);
    for (const oldest of this.#pages.keys()) if (this.#pages.size > PAGES_KEPT) this.#pages.delete(oldest);
    const forget = () => void this.#pages.delete(key);
    page.then(({ length }) => {
      if (length > 0) return;
      forget();
      // What was there is gone, since the app was emptied: nobody looks for it again before there is something new.
      this.place = place;
    }, forget);
    return page;
  }

  async #read(place: Place): Promise<readonly Happening[]> {
    const { store, telling } = this.#options;
    const { seq, nth, call } = this.place;
    const entries = seq > place.seq ? await store.readJournal(this.#appid, place.seq, PAGE) : [];
    // Of an app that was emptied, attempts and calls are numbered from 1 again.
    const isAnew = entries.some(({ steps }) => beginsJournal(steps));
    let at = isAnew ? { ...place, nth: 0, call: 0 } : place;
    const [attempts, calls] = await Promise.all([
      nth > at.nth ? store.listCallbacksAfter(this.#appid, at.nth, PAGE) : [],
      call > at.call ? store.listCallsAfter(this.#appid, at.call, PAGE) : [],
    ]);
    const happened: Happening[] = [];
    for (const entry of entries) {
      at = { ...at, seq: entry.seq };
      happened.push({ event: "journal", data: telling.journal(entry), place: at });
    }
    for (const attempt of attempts) {
      at = { ...at, nth: attempt.nth };
      happened.push({ event: "callback", data: telling.callback(attempt), place: at });
    }
    for (const one of calls) {
      at = { ...at, call: one.nth };
      happened.push({ event: "call", data: telling.call(one), place: at });
    }
    return happened;
  }

  async #readPlace(): Promise<Place> {
    const { store } = this.#options;
    // The journal first: where an app is emptied meanwhile, its numbers are then seen to begin anew no sooner than they do.
    const { seq } = await store.journalEnd(this.#appid);
    const [[newest], [newestCall]] = await Promise.all([
      store.listCallbacks(this.#appid, {}, null, 1),
      this.#isSandbox ? store.listCalls(this.#appid, {}, null, 1) : [],
    ]);
    return { seq, nth: newest?.nth ?? 0, call: newestCall?.nth ?? 0 };
  }

  /** A look that fails is told once, and the next one tries again. */
  async #poll(): Promise<void> {
    if (this.#isPolling || !this.#began) return;
    this.#isPolling = true;
    try {
      const place = await this.#readPlace();
      this.#failed = false;
      // A journal only grows, until its app is deleted.
      if (place.seq < this.place.seq) this.end("gone");
      else if (isBeyond(place, this.place) || isBeyond(this.place, place)) {
        this.place = place;
        this.#wake();
      }
    } catch (error) {
      if (!this.#failed) this.#options.onError(error);
      this.#failed = true;
    } finally {
      this.#isPolling = false;
    }
    for (const follower of this.#followers) follower.look();
  }

  #wake(): void {
    this.#waiting.resolve();
    this.#waiting = Promise.withResolvers<void>();
  }
}
