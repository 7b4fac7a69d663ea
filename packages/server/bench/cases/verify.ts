import type { SentCoupon } from "@quanku/protocol/calls";
import { openStore } from "../../src/cli/data.ts";
import type { Command } from "../../src/domain/decide.ts";
import { isRefusal } from "../../src/domain/outcome.ts";
import { Apps } from "../../src/service/apps.ts";
import { systemClock } from "../../src/service/clock.ts";
import { Ledger } from "../../src/service/ledger.ts";
import { contentOf } from "../../src/wire/coupon.ts";
import { coupon } from "../../testing/coupons.ts";
import { startDatabase } from "../database.ts";
import type { Figure } from "../figures.ts";
import { runQuanku, temporaryDirectory } from "../processes.ts";
import { progress } from "../progress.ts";
import { couponId, type Place, shop } from "../shop.ts";
import type { Case } from "./case.ts";

const COUPONS = 100;
/** How many a person claims, each of another coupon. */
const EACH = 2;
/** Every so many-th is used. */
const USED = 20;
const TOGETHER = 2000;

/** What a verification may take for a million user coupons: seconds, and MiB in RAM. */
const AIM = { seconds: 60, mib: 200 };

/** Creates a shop in which so many coupons were claimed, by the ledger, so that its journal is a true one. */
export async function claimAll(place: Place, userCoupons: number): Promise<void> {
  const defaults = { dataDir: "", databaseConnections: 4, statementTimeout: 60_000 };
  const { store } = await openStore({ ...defaults, ...place }, { mayCreate: true });
  const ledger = new Ledger({ store, clock: systemClock });
  const submit = async (commands: Command[]) => {
    const answers = await Promise.all(commands.map((command) => ledger.submit(command, "app")));
    const refused = answers.find(isRefusal);
    if (refused) throw new Error(`a command was refused: ${JSON.stringify(refused)}`);
  };
  const { appid } = shop;
  await new Apps({ store, ledger, clock: systemClock }).create(appid, { secret: shop.secret }, "command_line");
  for (let position = 0; position < COUPONS; position++) {
    const outCouponId = couponId(position);
    const sent = coupon(outCouponId, { total_num: 2_000_000_000, limit_num_one_person: 5 }) as SentCoupon;
    await submit([{ do: "addCoupon", content: contentOf(appid, sent, JSON.stringify(sent.coupon_info)) }]);
    await submit([{ do: "changeCouponStatus", appid, outCouponId, to: "active" }]);
  }
  const bar = progress(`${userCoupons.toLocaleString("en")} claims`, userCoupons);
  for (let from = 0; from < userCoupons; from += TOGETHER) {
    const numbers = Array.from({ length: Math.min(TOGETHER, userCoupons - from) }, (_, i) => from + i);
    const owned = numbers.map((number) => ({
      appid,
      openid: `o-bench-person-${String(Math.floor(number / EACH)).padStart(12, "0")}`,
      outCouponId: couponId(number % COUPONS),
      outUserCouponId: `0198c0de-0000-7000-8000-${String(number).padStart(12, "0")}`,
    }));
    await submit(owned.map((one, i) => ({ do: "claimCoupon", ...one, requestId: `request-${numbers[i]}` })));
    const used = owned.filter((_, i) => i % USED === 0);
    await submit(used.map((one) => ({ do: "changeUserCouponStatus", ...one, to: "used" })));
    bar.at(from + numbers.length);
  }
  bar.done();
  await store.close();
}

async function measure(place: Place, userCoupons: number, what: string): Promise<Figure[]> {
  await claimAll(place, userCoupons);
  const { ms, mib, printed } = await runQuanku(place, "verify", shop.appid, "--json");
  const { state, entries, records } = JSON.parse(printed);
  if (state !== "right") throw new Error(`what the ledger wrote is said to be ${state}`);
  const share = Math.max(1, userCoupons / 1_000_000);
  const sides = [`${entries.toLocaleString("en")} entries of the journal, ${records.toLocaleString("en")} records`];
  const of = `quanku verify of ${userCoupons.toLocaleString("en")} user coupons on ${what}`;
  return [
    {
      what: of,
      values: [ms / 1000],
      unit: "s",
      aim: AIM.seconds * share,
      better: "lower",
      sides,
      limit: "reading JSON and digests of the journal, then the rows of user coupons and claims",
    },
    {
      what: `${of}, memory`,
      values: [mib],
      unit: "MiB",
      aim: AIM.mib * share,
      better: "lower",
      sides: [],
      limit: "Node itself with its modules and its heap; then 16 bytes for each record, and for each person and coupon",
    },
  ];
}

export const verifying: Case = {
  name: "verify",
  about: "how long and in how much memory a shop is recomputed from its journal",
  async run({ coupons }) {
    const directory = temporaryDirectory();
    const figures = await measure({ dataDir: directory.path }, coupons, "SQLite");
    directory.remove();
    return figures;
  },
};

export const verifyingPostgres: Case = {
  name: "verify-postgres",
  about: "the same on PostgreSQL",
  async run({ coupons }) {
    const database = await startDatabase();
    const figures = await measure({ databaseUrl: database.url }, coupons, "PostgreSQL");
    await database.remove();
    return figures;
  },
};
