import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { type Client, connect } from "../../testing/client.ts";
import { addActive, coupon, userCoupon } from "../../testing/coupons.ts";
import { createApp, patiently, places, quanku, startServer } from "./server-process.ts";

const TOTAL = 1000;
const PEOPLE = 1600;
const CLAIMS = 4000;
const REPEATS = 1000;
const CONNECTIONS = 96;

const SOLD_OUT = 1090029;
const PERSON_LIMIT = 1090030;

type Claim = { openid: string; id: string };

/** Claims of some people, most of whom try several times under new ids, and exact repeats of some claims. */
function claims(): Claim[] {
  const first = Array.from({ length: CLAIMS }, (_, i) => ({ openid: `person-${i % PEOPLE}`, id: randomUUID() }));
  const repeated = Array.from({ length: REPEATS }, () => first[Math.floor(Math.random() * CLAIMS)] as Claim);
  return [...first, ...repeated]
    .map((sent) => ({ sent, order: Math.random() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ sent }) => sent);
}

/** Reads the list until told to stop; tells every way in which a read contradicted what was known when it began. */
function watchStock(client: Client, acknowledged: ReadonlySet<string>) {
  const faults: string[] = [];
  let reads = 0;
  let isOver = false;
  let lastSeen = 0;
  const read = async () => {
    while (!isOver) {
      const atLeast = Math.max(lastSeen, acknowledged.size);
      const { issued_num, receive_num } = await client.stock();
      reads++;
      lastSeen = receive_num;
      if (issued_num + receive_num !== TOTAL) faults.push(`${issued_num} + ${receive_num} is not ${TOTAL}`);
      if (receive_num < atLeast) faults.push(`${receive_num} handed out, when ${atLeast} were acknowledged`);
    }
  };
  const loop = read().catch((error) => faults.push(`${error}`));
  const stop = async () => {
    isOver = true;
    await loop;
    return { faults, reads };
  };
  return { stop };
}

it.each(["sqlite", "postgres"] as const)(
  "hands out a thousand coupons to five thousand claims at once on %s, and not one more",
  async (kind) => {
    const place = await places[kind]();
    const app = await createApp(place, "flash-sale");
    const server = await startServer(place, ...patiently);
    const claimants = connect(server.url, app, CONNECTIONS);
    const readers = connect(server.url, app, 2);
    await addActive(claimants, coupon("flash", { total_num: TOTAL, limit_num_one_person: 1 }));

    const acknowledged = new Set<string>();
    const watches = [watchStock(readers, acknowledged), watchStock(readers, acknowledged)];
    const answers = await Promise.all(
      claims().map(async ({ openid, id }) => {
        const { errcode } = await claimants.call("add_user_coupon", userCoupon(openid, "flash", id));
        if (errcode === 0) acknowledged.add(id);
        return { id, errcode };
      }),
    );
    for (const watch of watches) {
      const { faults, reads } = await watch.stop();
      expect(faults).toEqual([]);
      expect(reads).toBeGreaterThan(10);
    }

    expect(acknowledged.size).toBe(TOTAL);
    const refusals = answers.filter(({ errcode }) => errcode !== 0);
    expect([...new Set(refusals.map(({ errcode }) => errcode))].toSorted()).toEqual([SOLD_OUT, PERSON_LIMIT]);
    expect(
      refusals.filter(({ id }) => acknowledged.has(id)),
      "a repeat of a claim is answered as the claim was",
    ).toEqual([]);
    expect(await readers.stock()).toEqual({ issued_num: 0, receive_num: TOTAL });

    const people = Array.from({ length: PEOPLE }, (_, i) => `person-${i}`);
    const wallets = await Promise.all(people.map(claimants.wallet));
    expect(Math.max(...wallets.map((wallet) => wallet.length))).toBe(1);
    const held = wallets.flat().map(({ out_user_coupon_id }) => out_user_coupon_id);
    expect(held.toSorted()).toEqual([...acknowledged].toSorted());

    const where = kind === "sqlite" ? "--data-dir" : "--database-url";
    expect(await quanku("verify", where, place, ...patiently)).toMatchObject({ code: 0, stderr: "" });

    claimants.close();
    readers.close();
    expect(await server.stop()).toMatchObject({ code: 0, stderr: "" });
  },
);
