import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it, onTestFinished } from "vitest";
import type { Command } from "../../src/domain/decide.ts";
import { Ledger } from "../../src/service/ledger.ts";
import { AppNumbers } from "../../src/store/sqlite/numbers.ts";
import { openSqliteStore } from "../../src/store/sqlite/open.ts";
import { steps } from "../../src/store/sqlite/schema.ts";
import { settler } from "../../src/store/sqlite/settle.ts";
import { wallets } from "../../src/store/sqlite/settling-schema.ts";
import { startWriter } from "../../src/store/sqlite/writer.ts";
import { aContent, anApp, put } from "../../testing/records.ts";
import { temporaryDirectory } from "../../testing/temporary-directory.ts";

const CLAIMS = 40;
const coupon = { appid: "a", outCouponId: "c" };

/** What a process that is cut off leaves, so many claims owed: a file of its own for each. */
async function owing(): Promise<{ db: DatabaseSync; file: string }> {
  const directory = temporaryDirectory();
  onTestFinished(directory.remove);
  const store = openSqliteStore(directory.path, { journalFirst: "always" });
  onTestFinished(() => store.close());
  await put(store, { record: "app", value: anApp("a") });
  const ledger = new Ledger({ store, clock: () => 1_700_000_000 });
  const submit = (...commands: Command[]) => Promise.all(commands.map((command) => ledger.submit(command, "app")));
  const discount = { scope: "shop", products: null, threshold: { items: 0, spend: 0 } } as const;
  const terms = { total: 5000, discount: { ...discount, benefit: { kind: "amountOff", amountOff: 100 } } } as const;
  await submit({ do: "addCoupon", content: { ...aContent(terms), appid: "a" } });
  await submit({ do: "changeCouponStatus", ...coupon, to: "active" });
  const claim = (n: number): Command => ({
    do: "claimCoupon",
    ...coupon,
    openid: `o${n}`,
    outUserCouponId: `u${n}`,
    requestId: `r${n}`,
  });
  await submit(...Array.from({ length: CLAIMS }, (_, n) => claim(n)));
  const copy = join(directory.path, "copy.db");
  const db = new DatabaseSync(join(directory.path, "quanku.db"));
  db.prepare("VACUUM INTO ?").run(copy);
  db.close();
  const copied = new DatabaseSync(copy, { enableForeignKeyConstraints: false });
  onTestFinished(() => copied.close());
  copied.exec("PRAGMA journal_mode = WAL");
  return { db: copied, file: copy };
}

const told = (db: DatabaseSync) => ({
  ...db.prepare("SELECT (SELECT seq FROM settled) AS settled, max(seq) AS last FROM journal").get(),
  ...db
    .prepare("SELECT count(*) AS rows, count(DISTINCT id) AS wallets FROM wallet JOIN user_coupon ON id = user_coupon")
    .get(),
  ...db
    .prepare(
      "SELECT count(*) AS claims FROM claim JOIN user_coupon ON id = user_coupon WHERE 'r' || substr(openid, 2) = request_id",
    )
    .get(),
});

it("settles in steps as small as may be, and reads without a transaction", async () => {
  const { db } = await owing();
  const { settled, last } = told(db) as { settled: number; last: number };
  expect(last - settled).toBe(CLAIMS);
  const { read, write } = settler(db, new AppNumbers(db));
  let reads = 0;
  while (read(last, 1) === 0) reads++;
  expect(reads).toBe(CLAIMS + 1);
  let writes = 1;
  while (!write(last, 1)) writes++;
  expect(writes).toBe(1 + 3 * CLAIMS + 1);
  expect(told(db)).toEqual({ settled: last, last, rows: CLAIMS, wallets: CLAIMS, claims: CLAIMS });
});

it("begins anew where it was left half way, and puts what is there already where it is", async () => {
  const { db } = await owing();
  const { last } = told(db) as { last: number };
  for (const steps of [1 + 25, 1 + CLAIMS + 30, 1 + 2 * CLAIMS + 20]) {
    const { read, write } = settler(db, new AppNumbers(db));
    read(last, CLAIMS + 1);
    expect(write(last, steps)).toBe(false);
  }
  settler(db, new AppNumbers(db)).all();
  expect(told(db)).toEqual({ settled: last, last, rows: CLAIMS, wallets: CLAIMS, claims: CLAIMS });
});

it("settles nothing of what it cannot read, however often it tries", async () => {
  const { db } = await owing();
  const { settled, last } = told(db) as { settled: number; last: number };
  db.exec("DROP TRIGGER journal_is_append_only_update; UPDATE journal SET batch = x'00' WHERE batch IS NOT NULL");
  const { read, write } = settler(db, new AppNumbers(db));
  for (const _ of [1, 2]) {
    expect(() => read(last, CLAIMS + 1)).toThrow();
    expect(write(last, 1000)).toBe(false);
  }
  expect(told(db)).toMatchObject({ settled, rows: 0 });
});

it("lets a commit in that comes while its thread settles", async () => {
  const { db, file } = await owing();
  const { last } = told(db) as { last: number };
  const nobody = () => {
    throw new Error("the thread has ended");
  };
  const writer = startWriter(file, { commit: nobody, settle: nobody });
  onTestFinished(() => writer.stop());
  const answered: string[] = [];
  const note = (who: string) => (result: boolean) => void answered.push(`${who} ${result}`);
  const settling = writer.settle(last, 4 * CLAIMS + 9).then(note("settled"));
  await Promise.all([settling, writer.commit({ rows: [], after: last - 1 }).then(note("committed"))]);
  expect(answered).toEqual(["committed false", "settled true"]);
  expect(told(db)).toMatchObject({ settled: last, rows: CLAIMS });
});

it("an older process that still runs records nothing that would be in no wallet", async () => {
  const directory = temporaryDirectory();
  onTestFinished(directory.remove);
  const older = new DatabaseSync(join(directory.path, "quanku.db"));
  onTestFinished(() => older.close());
  const before = steps.slice(0, steps.indexOf(wallets));
  for (const step of before) typeof step === "string" ? older.exec(step) : step(older);
  older.exec(`PRAGMA user_version = ${before.length}`);
  const insert = older.prepare(
    `INSERT INTO user_coupon (coupon, app, entry, out_user_coupon_id, openid, slot, status, created_at, updated_at, received_at, starts_at, ends_at)
     VALUES (1, 1, 1, ?, 'o', ?, 'effective', 1, 1, 1, 0, 0)`,
  );
  insert.run("u0", 0);
  await openSqliteStore(directory.path).close();
  expect(() => insert.run("u1", 1)).toThrow("no column named entry");
  expect(older.prepare("SELECT openid, slot, user_coupon FROM wallet").all()).toEqual([
    { openid: "o", slot: 0, user_coupon: 1 },
  ]);
});
