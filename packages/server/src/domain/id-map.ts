import type { idNames } from "./records.ts";

/** What records are and what is told of several: each has its ids. */
export type Kind = keyof typeof idNames;

/** The things of one app and one kind: by the id after the appid, "" where that is all; where there are two, by the second within. */
type OfApp<V> = Map<string, V | Map<string, V>>;

/**
 * Values by an appid and the ids after it, of which there are as many each time: none, one or two. Maps within maps, so that
 * no key is put together from ids: looking one up costs no memory, and the runtime knows the hash of each id already. The
 * map of the app that was asked for last is at hand, because most transactions are of one.
 */
export class IdMap<V extends object | true> {
  readonly #apps = new Map<string, OfApp<V>>();
  #appid: string | undefined;
  #ofApp: OfApp<V> | undefined;

  get(appid: string, second = "", third?: string): V | undefined {
    if (appid !== this.#appid) this.#turnTo(appid);
    const found = this.#ofApp?.get(second);
    return third === undefined ? (found as V | undefined) : (found as Map<string, V> | undefined)?.get(third);
  }

  set(value: V, appid: string, second = "", third?: string): void {
    if (appid !== this.#appid) this.#turnTo(appid);
    if (!this.#ofApp) {
      this.#ofApp = new Map();
      this.#apps.set(appid, this.#ofApp);
    }
    if (third === undefined) {
      this.#ofApp.set(second, value);
      return;
    }
    const within = this.#ofApp.get(second) as Map<string, V> | undefined;
    if (within) within.set(third, value);
    else this.#ofApp.set(second, new Map([[third, value]]));
  }

  #turnTo(appid: string): void {
    this.#appid = appid;
    this.#ofApp = this.#apps.get(appid);
  }
}

/** Values by a kind of thing and its ids. */
export class KindMap<V extends object | true> {
  readonly #kinds = new Map<Kind, IdMap<V>>();

  get(kind: Kind, appid: string, second?: string, third?: string): V | undefined {
    return this.#kinds.get(kind)?.get(appid, second, third);
  }

  set(kind: Kind, value: V, appid: string, second?: string, third?: string): void {
    let ofKind = this.#kinds.get(kind);
    if (!ofKind) {
      ofKind = new IdMap();
      this.#kinds.set(kind, ofKind);
    }
    ofKind.set(value, appid, second, third);
  }
}
