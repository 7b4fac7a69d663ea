import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { coupon } from "../../testing/coupons.ts";
import { createApp, directory, quanku, quankuIn } from "./server-process.ts";

let dataDir: string;
let coupons: string;
beforeAll(async () => {
  dataDir = directory();
  await createApp(dataDir, "wx1");
  coupons = join(directory(), "coupon.json");
  writeFileSync(coupons, `\uFEFF${JSON.stringify(coupon("tea-5", { total_num: 3 }, { name: "茶 5 off" }))}\n`);
});

const run = async (...args: string[]) => {
  const { code, stdout, stderr } = await quanku(...args, "--data-dir", dataDir);
  return { code, stdout, stderr };
};
/** What a command that must succeed prints. */
async function printed(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run(...args);
  expect({ code, stderr }, args.join(" ")).toEqual({ code: 0, stderr: "" });
  return stdout;
}
const lines = (text: string) => text.trimEnd().split("\n");
const parsed = (text: string) => lines(text).map((line) => JSON.parse(line));

it("a shop is run from the command line, and the journal and the report say so", async () => {
  expect(await printed("coupon", "list", "wx1")).toBe("there are none\n");
  expect(await printed("coupon", "add", "wx1", "--from", coupons)).toMatch(/^status +draft\nname +茶 5 off\n/);
  await printed("coupon", "activate", "wx1", "tea-5");
  const [paused] = parsed(await printed("coupon", "pause", "wx1", "tea-5", "--json"));
  expect(paused.coupon).toMatchObject({ status: "active", paused: true, stock: { remaining: 3 } });
  await printed("coupon", "resume", "wx1", "tea-5");
  await printed("person", "give", "wx1", "o1", "--out-coupon-id", "tea-5", "--request-id", "sorry-1");

  expect(lines(await printed("coupon", "list", "wx1", "--status", "active"))).toEqual([
    "coupon  type  status  paused  remaining  claimed  name",
    expect.stringMatching(/^tea-5 +\d+ +active {2}false {3}2 {10}1 {8}茶 5 off$/),
  ]);
  expect(parsed(await printed("person", "wallet", "wx1", "o1", "--json"))).toEqual([
    expect.objectContaining({ out_coupon_id: "tea-5", openid: "o1", status: "effective" }),
  ]);
  expect(
    parsed(await printed("report", "wx1", "--from", "2020-01-01", "--to", "2099-12-31", "--by", "day", "--json")),
  ).toEqual([expect.objectContaining({ out_coupon_id: null, claimed: 1, redeemed: 0 })]);
  expect(await printed("report", "wx1", "--from", "2020-01-01", "--to", "2099-12-31", "--csv")).toMatch(
    /^day,out_coupon_id,[^\n]*\n[^\n]*,tea-5,1,0/,
  );

  const journal = parsed(await printed("journal", "list", "wx1", "--json", "--all"));
  expect(new Set(journal.map(({ by }) => by))).toEqual(new Set(["command_line"]));
  const first = await run("journal", "list", "wx1", "--limit", "1");
  const [, cursor] = /--cursor (\S+)\n$/.exec(first.stderr) ?? [];
  const second = parsed(
    (await run("journal", "list", "wx1", "--limit", "1", "--json", "--cursor", cursor as string)).stdout,
  );
  expect(second).toEqual([journal[1]]);
});

it("what is refused is told in a line, with exit code 1, and names arguments and options as they are typed", async () => {
  const refused: [args: string[], why: string][] = [
    [["coupon", "show", "wx1", "none"], "out_coupon_id none is not in this app"],
    [["coupon", "list", "wx2"], 'there is no app "wx2", or it is not one of yours'],
    [
      ["coupon", "list", "wx1", "--limit", "0", "--name", "x".repeat(500)],
      "--limit must be a whole number from 1 to 500",
    ],
    [["coupon", "list", "wx1", "--cursor", "W10"], "--cursor is none that was told"],
    [["report", "wx1", "--from", "today", "--to", "2026-01-01"], "--from must be a day"],
    [["coupon", "add", "wx1", "--from", "/nowhere.json"], "no such file: /nowhere.json"],
    [
      ["hand-out", "create", "wx1", "/nowhere.csv", "--out-coupon-id", "c", "--request-id", "r"],
      "no such file: /nowhere.csv",
    ],
  ];
  await Promise.all(
    refused.map(async ([args, why]) => {
      const { code, stdout, stderr } = await run(...args);
      expect({ code, stdout }, args.join(" ")).toEqual({ code: 1, stdout: "" });
      expect(stderr).toMatch(/^quanku: [^\n]+\n$/);
      expect(stderr).toContain(why);
    }),
  );
});

it("a hand-out is given to its end before the command is, and its results say who has what", async () => {
  const people = join(directory(), "people.csv");
  writeFileSync(people, "openid\r\np1\r\np2\r\np1\r\n");
  const create = ["hand-out", "create", "wx1", people, "--out-coupon-id", "hand-5", "--request-id", "spring"];
  const given = coupon("hand-5", { total_num: 9, limit_num_one_person: 1 });
  const input = JSON.stringify(given);
  const add = ["coupon", "add", "wx1", "--from", "-", "--data-dir", dataDir];
  const { code } = await quankuIn({ input }, ...add);
  expect(code).toBe(0);
  await printed("coupon", "activate", "wx1", "hand-5");
  const [{ hand_out: dry }] = parsed(await printed(...create, "--dry-run", "--json"));
  expect(dry).toMatchObject({ state: "checked", dry_run: true, total: 3, next: 3 });
  const [{ hand_out: done }] = parsed(await printed("hand-out", "start", "wx1", "spring", "--json"));
  expect(done).toMatchObject({ state: "done", total: 3, next: 3, given: 2 });
  expect(await printed("hand-out", "results", "wx1", "spring")).toMatch(/^line,openid,result,.*\r?\n/);
  expect(lines(await printed("hand-out", "list", "wx1"))).toHaveLength(2);
});
