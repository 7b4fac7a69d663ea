/** How many calls may be under way in a process; those that wait for a merchant are not counted. */
const LIMIT = 4096;
/** How many calls an app may have under way however long they take. */
const ALWAYS = 256;

export type AdmissionOptions = {
  limit?: number | undefined;
  /** How old an app's oldest call may be, in milliseconds, while more are let in; as old as it likes unless given. */
  patience?: number | undefined;
  /** How many calls that are under way wait for somebody else, and cost nothing meanwhile. */
  waitingElsewhere?: () => number;
};

/** An app's calls under way, and those that keep the server busy: the oldest first. */
type AppCalls = { count: number; begun: Set<Place> };

/** What a call that was let in takes: of which app once that is known, and since when. */
export type Place = { appid: string | undefined; at: number };

/**
 * Lets calls in while they can be served soon, and turns the rest away at once. An app may have as many calls under way
 * as there are places left: one alone has half of them, and however many call, the next finds room. Where an app's calls
 * take long it may have no more than a few, on a slow machine as on a fast one.
 */
export class Admission {
  readonly #limit: number;
  readonly #patience: number;
  readonly #waitingElsewhere: () => number;
  readonly #apps = new Map<string, AppCalls>();
  #underWay = 0;

  constructor({
    limit = LIMIT,
    patience = Number.POSITIVE_INFINITY,
    waitingElsewhere = () => 0,
  }: AdmissionOptions = {}) {
    this.#limit = limit;
    this.#patience = patience;
    this.#waitingElsewhere = waitingElsewhere;
  }

  /** Lets a call in, which is under way until it leaves; undefined where there is no place for anybody. */
  enter(): Place | undefined {
    if (this.#left <= 0) return undefined;
    this.#underWay++;
    return { appid: undefined, at: 0 };
  }

  /**
   * Counts a call that was let in as an app's too; false where the app has too many. How long a call takes that asks a
   * merchant says nothing of us.
   */
  admits(place: Place, appid: string, asksMerchant: boolean): boolean {
    const calls = this.#apps.get(appid) ?? { count: 0, begun: new Set() };
    if (calls.count > this.#left || (calls.count >= ALWAYS && this.#isSlow(calls))) return false;
    if (calls.count++ === 0) this.#apps.set(appid, calls);
    place.appid = appid;
    place.at = performance.now();
    if (!asksMerchant) calls.begun.add(place);
    return true;
  }

  /** Gives back the place of a call that is answered. */
  leave(place: Place): void {
    this.#underWay--;
    const { appid } = place;
    const calls = appid === undefined ? undefined : this.#apps.get(appid);
    if (appid === undefined || !calls) return;
    calls.begun.delete(place);
    if (--calls.count === 0) this.#apps.delete(appid);
  }

  get #left(): number {
    return this.#limit + this.#waitingElsewhere() - this.#underWay;
  }

  #isSlow({ begun }: AppCalls): boolean {
    const oldest = begun.values().next().value;
    return oldest !== undefined && performance.now() - oldest.at > this.#patience;
  }
}
