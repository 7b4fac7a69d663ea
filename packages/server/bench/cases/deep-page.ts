import { signIn } from "../client.ts";
import { doubts, type Figure, tell } from "../figures.ts";
import { startQuanku, temporaryDirectory } from "../processes.ts";
import { interleave, type Measured, ratios } from "../rounds.ts";
import { createShop } from "../shop.ts";
import type { Case } from "./case.ts";

const CONNECTIONS = 32;
const PAGE = 200;
/** More coupons than the server keeps encoded, so that walking them costs the store a read each page. */
const UNCACHED = 250_000;

export const deepPage: Case = {
  name: "deep-page",
  about: "get_list at the deep end of a large catalogue against its beginning",
  async run({ run, pace, coupons, profileTo }) {
    const directory = temporaryDirectory();
    await createShop({ dataDir: directory.path }, coupons);
    const quanku = await startQuanku({ dataDir: directory.path }, { profileTo });
    const path = (await signIn(quanku))("get_list");

    const side = (name: string, offsets: number[]) => {
      const bodies = offsets.map((offset) => JSON.stringify({ page_size: PAGE, offset }));
      return { name, servers: [quanku], path, bodies: { kind: "cycle", bodies }, connections: CONNECTIONS } as const;
    };
    const deepest = coupons - PAGE;
    const walked = Math.min(UNCACHED, coupons / 2);
    const [first, last, walkFirst, walkLast] = await interleave(run, pace, [
      side("offset 0", [0]),
      side(`offset ${deepest}`, [deepest]),
      side(`the first ${walked}`, shuffledPages(0, walked)),
      side(`the last ${walked}`, shuffledPages(coupons - walked, coupons)),
    ]);
    await quanku.stop();
    directory.remove();
    return [
      slowdown(`every page of the last ${walked} of ${coupons} coupons once`, walkLast, walkFirst, {
        unit: "times slower than the first",
        limit: `the store: 200 rows read, decoded and encoded for a page`,
      }),
      slowdown(`the deepest page of ${coupons} coupons again and again`, last, first, {
        unit: "times slower than offset 0",
        limit: "nothing of the store: both pages are kept encoded",
      }),
    ];
  },
};

const slowdown = (
  what: string,
  deep: Measured,
  shallow: Measured,
  { unit, limit }: { unit: string; limit: string },
): Figure => ({
  what: `get_list, ${what}`,
  values: ratios(shallow, deep),
  unit,
  aim: 1.1,
  floor: 1.5,
  better: "lower",
  sides: [tell(deep), tell(shallow)],
  limit: limit + doubts(deep, shallow),
});

/** The offsets of all pages of a range, in an order that is the same each time and that no read-ahead foresees. */
export function shuffledPages(from: number, to: number): number[] {
  const offsets: number[] = [];
  for (let offset = from; offset + PAGE <= to; offset += PAGE) offsets.push(offset);
  let seed = 1;
  for (let i = offsets.length - 1; i > 0; i--) {
    seed = (seed * 48_271) % 2_147_483_647;
    const j = seed % (i + 1);
    [offsets[i], offsets[j]] = [offsets[j] as number, offsets[i] as number];
  }
  return offsets;
}
