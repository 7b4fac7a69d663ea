import { copyFileSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { backUpSqlite } from "../../src/store/sqlite/backup.ts";
import { connect } from "../../testing/client.ts";
import { addActive, coupon } from "../../testing/coupons.ts";
import { startTestServer } from "../../testing/server.ts";
import { audit } from "./audit.ts";
import { createApp, directory, quanku, startServer } from "./server-process.ts";

const CLAIMANTS = 8;

/** People who claim without a pause: whose claims were acknowledged, in order, and how they are told to end. */
function crowd(claim: (name: string) => Promise<unknown>) {
  const acknowledged: string[] = [];
  let isOver = false;
  const one = async (claimant: number) => {
    for (let i = 0; !isOver; i++) {
      await claim(`${claimant}-${i}`);
      acknowledged.push(`${claimant}-${i}`);
    }
  };
  const all = Promise.all(Array.from({ length: CLAIMANTS }, (_, claimant) => one(claimant)));
  return {
    acknowledged,
    async end() {
      isOver = true;
      await all;
    },
  };
}

const claimBody = (name: string) => ({ openid: `person-${name}`, out_coupon_id: "c", request_id: name });
const shared = coupon("c", { total_num: 1_000_000 });

/** Who has a coupon in a data directory, as SQL of the tests' own reads it; fails where what is there contradicts itself. */
function peopleIn(dataDir: string): Set<string> {
  const { faults, holdings } = audit(dataDir);
  expect(faults).toEqual([]);
  return new Set([...holdings.userCoupons.values()].map((held) => held.replace(/^person-(\S+) .*$/, "$1")));
}

it("a backup is of the moment it begins, however many claims are recorded while it is made", async () => {
  const server = await startTestServer({ adapter: "sqlite" });
  const app = await server.createApp("wx-backed-up");
  await addActive(app, shared);
  const claims = crowd((name) => app.must("claim", claimBody(name)));
  await expect.poll(() => claims.acknowledged.length).toBeGreaterThan(500);
  const known = [...claims.acknowledged];
  const steps: { copied: number; of: number; acknowledged: number }[] = [];
  const data = directory();
  const note = (step: { copied: number; of: number }) =>
    steps.push({ ...step, acknowledged: claims.acknowledged.length });
  await backUpSqlite(server.dataDir as string, join(data, "quanku.db"), note, { pages: 1 });
  await claims.end();
  await server.close();

  const copied = steps.map((step) => step.copied);
  expect(copied, "no page is copied twice").toEqual(copied.map((_, i) => (copied[0] as number) + i));
  const [first, last] = [steps[0], steps.at(-1)];
  expect(last?.acknowledged, "claims went on meanwhile").toBeGreaterThan((first?.acknowledged as number) + CLAIMANTS);
  const people = peopleIn(data);
  expect(known.filter((name) => !people.has(name))).toEqual([]);
  expect(people.size).toBeLessThan(last?.acknowledged as number);
});

it("quanku backup beside a server that is busy makes a file that a new data directory runs on", async () => {
  const [dataDir, kept] = [directory(), directory()];
  const app = await createApp(dataDir, "wx-backed-up");
  const server = await startServer(dataDir);
  const client = connect(server.url, app, CLAIMANTS);
  await addActive(client, shared);
  const claims = crowd((name) => client.must("claim", claimBody(name)));
  await expect.poll(() => claims.acknowledged.length).toBeGreaterThan(100);
  const known = [...claims.acknowledged];
  const file = join(kept, "quanku.db");
  const { code, stdout, stderr } = await quanku("backup", file, "--data-dir", dataDir);
  await claims.end();
  expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: "" });
  expect(JSON.parse(stdout)).toEqual({ file, bytes: statSync(file).size });
  expect([statSync(file).mode & 0o777, readdirSync(kept)]).toEqual([0o600, ["quanku.db"]]);
  expect((await server.stop()).code).toBe(0);

  // As after a loss: the backup in the place of what the server goes on to have written.
  for (const end of ["-wal", "-shm"]) rmSync(join(dataDir, `quanku.db${end}`), { force: true });
  copyFileSync(file, join(dataDir, "quanku.db"));
  const people = peopleIn(dataDir);
  expect(known.filter((name) => !people.has(name))).toEqual([]);
  const verified = await quanku("verify", "--data-dir", dataDir);
  expect(verified, verified.stdout).toMatchObject({ code: 0, stderr: "" });
  const again = await startServer(dataDir);
  const later = connect(again.url, app);
  const repeated = await later.must("claim", claimBody(known[0] as string));
  expect(repeated.user_coupon).toMatchObject({ openid: `person-${known[0]}` });
  expect(peopleIn(dataDir).size, "a claim that the backup has is answered, not made again").toBe(people.size);
  expect((await again.stop()).code).toBe(0);
});

it("quanku backup overwrites nothing, makes nothing of nothing, and leaves PostgreSQL to its own means", async () => {
  const [dataDir, kept] = [directory(), directory()];
  await createApp(dataDir, "wx-backed-up");
  const file = join(kept, "there.db");
  writeFileSync(file, "somebody's");
  const partial = join(kept, "cut-off.db.partial");
  writeFileSync(partial, "");
  const database = ["--database-url", "postgres://quanku:canary@127.0.0.1:1/quanku"];
  const told = async (...args: string[]) => {
    const { code, stdout, stderr } = await quanku("backup", ...args);
    expect([code, stdout, stderr.includes("canary")]).toEqual([1, "", false]);
    return stderr;
  };
  expect(await told(file, "--data-dir", dataDir)).toBe(`quanku: ${file} is there already: name a new file\n`);
  expect(await told(join(kept, "cut-off.db"), "--data-dir", dataDir)).toContain(`${partial} is there: another backup`);
  expect(await told(join(kept, "no/b.db"), "--data-dir", dataDir)).toContain("no such file: ");
  expect(await told(join(kept, "b.db"), "--data-dir", directory())).toContain("there is no data in ");
  expect(await told(join(kept, "b.db"), ...database)).toContain("back up PostgreSQL with pg_dump");
  writeFileSync(join(dataDir, "quanku.db"), "no database at all");
  expect(await told(join(kept, "b.db"), "--data-dir", dataDir)).toContain(`quanku.db in ${dataDir} is no database`);
  expect([readdirSync(kept).toSorted(), readFileSync(file, "utf8")]).toEqual([
    ["cut-off.db.partial", "there.db"],
    "somebody's",
  ]);
});
