/**
 * Values by a path of words, of which no path begins another. Maps within maps, so that no key is put together from words:
 * looking one up costs no memory, and the runtime knows the hash of each word already.
 */
export class PathMap<V extends object | number | string | boolean | null> {
  readonly #root: Level = new Map();

  get(path: readonly string[]): V | undefined {
    let found: unknown = this.#root;
    for (const word of path) {
      if (found === undefined) return;
      found = (found as Level).get(word);
    }
    return found as V | undefined;
  }

  set(path: readonly string[], value: V): void {
    let level = this.#root;
    for (let at = 0; at < path.length - 1; at++) {
      const word = path[at] as string;
      let next = level.get(word) as Level | undefined;
      if (next === undefined) {
        next = new Map();
        level.set(word, next);
      }
      level = next;
    }
    level.set(path.at(-1) as string, value);
  }
}

type Level = Map<string, unknown>;
