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

/** What is known of an app's catalogue. */
type Catalogue = {
  /** How many apps of this appid were deleted. */
  generation: number;
  /** The store's foreign revision that it was read at; entries of another one are not asked for again. */
  revision: number | undefined;
  /** How many changes were seen; what was read before the last one may be stale. */
  version: number;
  total: number | undefined;
};

/**
 * Pages of coupons as bytes. An entry is kept until its coupon or stock changes, a page until anything of its app
 * does: a page costs the store what has changed since it was last asked for, and the question whether another process
 * has changed something.
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
  /** Pages that are being read, for those who ask for the same meanwhile. */
  readonly #reading = new Map<string, { bytes: Promise<Buffer>; version: number }>();
  readonly #catalogues = new Map<string, Catalogue>();

  constructor(store: Store, encoding: PageEncoding) {
    this.#store = store;
    this.#encoding = encoding;
  }

  /** Forgets what a commit of this process made stale. Called after the commit, before it is acknowledged. */
  forget(changes: readonly Change[]): void {
    for (const { record, value } of changes) {
      if (record !== "coupon" && record !== "stock") continue;
      const catalogue = this.#catalogueOf(value.appid);
      catalogue.version++;
      this.#entries.delete(entryKey(value.appid, catalogue, value.position));
      if (record === "coupon") catalogue.total = undefined;
    }
  }

  /** Forgets an app that is no more. */
  forgetApp(appid: string): void {
    // The next to use the appid begins with other keys: a page that is being read is of no version that is asked for.
    const catalogue = this.#catalogueOf(appid);
    Object.assign(catalogue, {
      generation: catalogue.generation + 1,
      version: catalogue.version + 1,
      total: undefined,
    });
  }

  /** The page of at most `limit` coupons from position `offset` on. */
  async page(appid: string, offset: number, limit: number): Promise<Buffer> {
    const revision = await this.#store.foreignRevision(appid);
    const catalogue = this.#catalogueOf(appid);
    if (catalogue.revision !== revision) {
      catalogue.revision = revision;
      catalogue.version++;
      catalogue.total = undefined;
    }
    const { version } = catalogue;
    const pageKey = pageKeyOf(appid, offset, limit);
    const kept = this.#pages.get(pageKey);
    if (kept?.version === version) return kept.bytes;

    const known = this.#reading.get(pageKey);
    if (known?.version === version) return known.bytes;
    const reading = { version, bytes: this.#read(appid, catalogue, offset, limit) };
    this.#reading.set(pageKey, reading);
    try {
      return await reading.bytes;
    } finally {
      if (this.#reading.get(pageKey) === reading) this.#reading.delete(pageKey);
    }
  }

  async #read(appid: string, catalogue: Catalogue, offset: number, limit: number): Promise<Buffer> {
    const { version } = catalogue;
    const { total, entries } = await this.#collect(appid, catalogue, offset, offset + limit);
    const bytes = this.#encoding.page(total, [...entries.values()]);
    // What a change overtook while it was read answers those who asked before the change, and nobody after them.
    if (catalogue.version !== version) return bytes;
    for (const [position, entry] of entries) this.#entries.set(entryKey(appid, catalogue, position), entry);
    catalogue.total = total;
    this.#pages.set(pageKeyOf(appid, offset, limit), { bytes, version });
    return bytes;
  }

  /** The encoded entries of a range by position: the kept ones, and the rest with one store read for each run of them. */
  async #collect(appid: string, catalogue: Catalogue, from: number, to: number) {
    const keys = { ...catalogue };
    const keep = (position: number) => this.#entries.get(entryKey(appid, keys, position));
    const entries = new Map<number, Buffer>();
    let { total } = catalogue;
    let start = from;
    while (start < Math.min(to, total ?? to)) {
      const kept = keep(start);
      let end = start + 1;
      if (kept) entries.set(start, kept);
      else {
        while (end < Math.min(to, total ?? to) && !keep(end)) end++;
        const read = await this.#store.listCoupons(appid, start, end - start);
        for (const stocked of read.entries) entries.set(stocked.coupon.position, this.#encoding.entry(stocked));
        total = read.total;
      }
      start = end;
    }
    total ??= (await this.#store.listCoupons(appid, 0, 0)).total;
    return { total, entries };
  }

  #catalogueOf(appid: string): Catalogue {
    const known = this.#catalogues.get(appid) ?? {
      generation: 0,
      revision: undefined,
      version: 0,
      total: undefined,
    };
    this.#catalogues.set(appid, known);
    return known;
  }
}

const entryKey = (appid: string, { generation, revision }: Catalogue, position: number) =>
  `${appid} ${generation} ${revision} ${position}`;
const pageKeyOf = (appid: string, offset: number, limit: number) => `${appid} ${offset} ${limit}`;
