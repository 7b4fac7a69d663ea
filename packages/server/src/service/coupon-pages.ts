import { LRUCache } from "lru-cache";
import type { Change } from "../domain/working-copy.ts";
import type { StockedCoupon, Store } from "../store/store.ts";

/** The most bytes kept of encoded entries, and as many again of encoded pages. */
const KEPT_BYTES = 64 * 2 ** 20;

/** How a page is written down; what its bytes mean is the caller's business. */
export type PageEncoding = {
  entry(stocked: StockedCoupon): Buffer;
  page(total: number, entries: readonly Buffer[]): Buffer;
};

/**
 * Pages of coupons as bytes. An entry is kept until its coupon or stock changes, a page until anything of its app
 * does: a page costs the store what has changed since it was last asked for.
 */
export class CouponPages {
  readonly #store: Store;
  readonly #encoding: PageEncoding;
  readonly #entries = new LRUCache<string, Buffer>({
    maxSize: KEPT_BYTES,
    sizeCalculation: (bytes) => bytes.byteLength,
  });
  readonly #pages = new LRUCache<string, { bytes: Buffer; version: number }>({
    maxSize: KEPT_BYTES,
    sizeCalculation: ({ bytes }) => bytes.byteLength,
  });
  /** How many changes of an app were seen; what was read before the last one may be stale. */
  readonly #versions = new Map<string, number>();
  readonly #totals = new Map<string, number>();
  #foreignRevision: number;

  constructor(store: Store, encoding: PageEncoding) {
    this.#store = store;
    this.#encoding = encoding;
    this.#foreignRevision = store.foreignRevision();
  }

  /** Forgets what a commit of this process made stale. Called after the commit, before it is acknowledged. */
  forget(changes: readonly Change[]): void {
    for (const { record, value } of changes) {
      if (record !== "coupon" && record !== "stock") continue;
      this.#versions.set(value.appid, this.#versionOf(value.appid) + 1);
      this.#entries.delete(entryKey(value.appid, value.position));
      if (record === "coupon") this.#totals.delete(value.appid);
    }
  }

  /** The page of at most `limit` coupons from position `offset` on. */
  async page(appid: string, offset: number, limit: number): Promise<Buffer> {
    this.#forgetForeign();
    const version = this.#versionOf(appid);
    const pageKey = `${appid} ${offset} ${limit}`;
    const kept = this.#pages.get(pageKey);
    if (kept?.version === version) return kept.bytes;

    const total = this.#totals.get(appid) ?? (await this.#store.listCoupons(appid, 0, 0)).total;
    const entries = await this.#collect(appid, offset, Math.min(offset + limit, total));
    const bytes = this.#encoding.page(total, [...entries.values()]);

    if (this.#versionOf(appid) !== version) return this.page(appid, offset, limit);
    for (const [position, entry] of entries) this.#entries.set(entryKey(appid, position), entry);
    this.#totals.set(appid, total);
    this.#pages.set(pageKey, { bytes, version });
    return bytes;
  }

  /** The encoded entries of a range by position: the kept ones, and the rest with one store read for each run of them. */
  async #collect(appid: string, from: number, to: number): Promise<Map<number, Buffer>> {
    const found = new Map<number, Buffer>();
    const keep = (position: number) => this.#entries.get(entryKey(appid, position));
    for (let start = from; start < to; ) {
      const kept = keep(start);
      let end = start + 1;
      if (kept) found.set(start, kept);
      else {
        while (end < to && !keep(end)) end++;
        const { entries } = await this.#store.listCoupons(appid, start, end - start);
        for (const stocked of entries) found.set(stocked.coupon.position, this.#encoding.entry(stocked));
      }
      start = end;
    }
    return found;
  }

  #versionOf(appid: string): number {
    return this.#versions.get(appid) ?? 0;
  }

  #forgetForeign(): void {
    const revision = this.#store.foreignRevision();
    if (revision === this.#foreignRevision) return;
    this.#foreignRevision = revision;
    this.#entries.clear();
    this.#pages.clear();
    this.#totals.clear();
  }
}

const entryKey = (appid: string, position: number) => `${appid} ${position}`;
