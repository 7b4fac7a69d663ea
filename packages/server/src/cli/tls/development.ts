import { authorityFile, openAuthority } from "./authority-files.ts";
import { issue, type Pair } from "./certificates.ts";
import { shortRecipe } from "./recipe.ts";
import type { Tls } from "./terms.ts";

/** What the development certificate is for: the platform's host, and this machine. */
export const developmentNames = ["api.weixin.qq.com", "localhost", "127.0.0.1", "::1"] as const;

const DAY_MS = 86_400_000;
/** How long a certificate is good, and how long before its end it is renewed, in milliseconds. */
const [LEAF_MS, BEFORE_END_MS] = [30 * DAY_MS, 10 * DAY_MS];
/** How often it is looked whether it nears its end, in milliseconds. */
const LOOK_MS = 3_600_000;

/**
 * TLS with a certificate of the data directory's own authority. The certificate and its key are made at each start and are
 * in memory alone; they are made anew ten days before their end. `clock`: Unix milliseconds.
 */
export async function developmentTls(dataDir: string, clock: () => number): Promise<Tls> {
  const { authority, isNew } = await openAuthority(dataDir, developmentNames, clock());
  let renewAt = 0;
  async function make(): Promise<Pair> {
    const from = clock();
    const pair = await issue(authority, developmentNames, { from, to: from + LEAF_MS });
    renewAt = from + LEAF_MS - BEFORE_END_MS;
    return pair;
  }
  const file = authorityFile(dataDir);
  return {
    pair: await make(),
    notes: (url) => shortRecipe({ file, isNew, url }),
    authority: file,
    interval: LOOK_MS,
    newer: async () => (clock() < renewAt ? undefined : make()),
  };
}
