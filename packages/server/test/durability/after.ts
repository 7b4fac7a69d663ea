import { rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Ledger } from "../../src/service/ledger.ts";
import { verify } from "../../src/service/verification.ts";
import { openSqliteStore } from "../../src/store/sqlite/open.ts";
import { audit, type Holdings, pairOf } from "../process/audit.ts";
import { type Acknowledged, APP, clock, coupons, isGranted, LIMIT, requestOf } from "./work.ts";

/** How many requests of each client were on their way at most, that nobody was told of. */
const ON_THEIR_WAY = 8;

/** How many entries of the journal the tables do not follow yet. */
export function owedIn(dataDir: string): number {
  const file = join(dataDir, "quanku.db");
  const db = new DatabaseSync(file, { readOnly: true });
  const found = db.prepare("SELECT coalesce(max(journal.seq), 0) - settled.seq AS owed FROM settled, journal").get();
  db.close();
  rmSync(`${file}-shm`, { force: true });
  return (found as { owed: number }).owed;
}

/** Opens what the power left, asks for everything again, and tells all that is not as it was acknowledged. */
export async function faultsAfter(dataDir: string, told: readonly Acknowledged[]): Promise<string[]> {
  const store = openSqliteStore(dataDir);
  const verdict = await verify(store, APP);
  const again = await askAgain(new Ledger({ store, clock }), told);
  await store.close();
  const { faults, holdings } = audit(dataDir);
  return [
    ...verdict.faults.map(({ entry, what }) => `verification, entry ${entry}: ${what}`),
    ...again,
    ...faults,
    ...missing(holdings, told),
    ...tooMany(holdings),
  ];
}

async function askAgain(ledger: Ledger, told: readonly Acknowledged[]): Promise<string[]> {
  const granted = new Map(told.map(({ client, i, id }) => [`${client}-${i}`, id]));
  const last = new Map<number, number>();
  for (const { client, i } of told) last.set(client, Math.max(i, last.get(client) ?? 0));
  const requests = [...last].flatMap(([client, last]) =>
    Array.from({ length: last + 1 + ON_THEIR_WAY }, (_, i) => requestOf(client, i)),
  );
  const answers = await Promise.all(
    requests.map((request) =>
      ledger.submit({ do: "claimCoupon", ...request, outUserCouponId: `${request.requestId} of again` }, "app"),
    ),
  );
  return requests.flatMap(({ requestId }, i) => {
    const answer = answers[i] as object;
    const was = granted.get(requestId);
    const is = isGranted(answer) ? answer.result.outUserCouponId : JSON.stringify(answer);
    return was === undefined || was === is ? [] : [`request ${requestId} was granted ${was}, and now ${is}`];
  });
}

/** What clients were told that they have, and that is not there as they were told. */
function missing({ userCoupons }: Holdings, told: readonly Acknowledged[]): string[] {
  return told.flatMap(({ client, i, id, isUsed }) => {
    const { openid, outCouponId } = requestOf(client, i);
    const found = userCoupons.get(pairOf(outCouponId, id));
    const isThere = isUsed ? found === `${openid} used` : found?.startsWith(`${openid} `);
    return isThere ? [] : [`user coupon ${id} ${isUsed ? "was redeemed" : "was given"}, and now is ${found}`];
  });
}

/** More than a person or a stock may have, or two for one request. */
function tooMany({ userCoupons }: Holdings): string[] {
  const held = [...userCoupons].map(([pair, whose]) => {
    const [outCouponId, requestId] = pair.split(" ");
    return { outCouponId, requestId, openid: whose.slice(0, whose.lastIndexOf(" ")) };
  });
  const plenty = held.filter(({ outCouponId }) => outCouponId === "plenty");
  const over = (of: Map<string | undefined, unknown[]>, limit: number) =>
    [...of].flatMap(([whose, { length }]) => (length > limit ? [`${length} for ${whose}, who may have ${limit}`] : []));
  return [
    ...over(
      Map.groupBy(plenty, ({ openid }) => openid),
      LIMIT,
    ),
    ...over(
      Map.groupBy(held, ({ requestId }) => `request ${requestId}`),
      1,
    ),
    ...(held.length - plenty.length > coupons.scarce ? [`${held.length - plenty.length} of the scarce coupon`] : []),
  ];
}
