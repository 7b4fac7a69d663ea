import { readdirSync } from "node:fs";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { operate, operated, operatedFile } from "../../testing/admin.ts";
import { addActive, coupon } from "../../testing/coupons.ts";
import { startTestServer, type TestServer } from "../../testing/server.ts";
import { type AdapterName, adapters } from "../../testing/stores.ts";
import { temporaryDirectory } from "../../testing/temporary-directory.ts";

/** A shop whose coupons `c` and `d` some people have, and a draft; and an empty app beside it. */
async function start(adapter: AdapterName = "memory") {
  const server = await startTestServer({ adapter });
  onTestFinished(() => server.close());
  const app = await server.createApp("wx_from");
  for (const id of ["c", "d"]) await addActive(app, coupon(id, { total_num: 50 }));
  await app.must("add", { coupon: coupon("draft", { total_num: 9 }) });
  for (let i = 0; i < 6; i++)
    await app.must("claim", { openid: `p${i % 3}`, out_coupon_id: i % 2 ? "c" : "d", request_id: `r${i}` });
  await server.createApp("wx_to");
  return { server, app, snapshot: await operatedFile(server, "exportApp", { appid: "wx_from" }) };
}

const send = (server: TestServer, file: string, given: object = {}, appid = "wx_to") =>
  operate(server, "importApp", { appid, ...given }, { file });
const sent = async (server: TestServer, file: string, given: object = {}, appid = "wx_to") =>
  (await operated(server, "importApp", { appid, ...given }, { file })).import;

const none = { new: 0, changed: 0, unchanged: 0, refused: 0 };
const nothing = { lines: 0, coupons: none, user_coupons: none, unreadable: 0, stopped_at: null, faults: [] };

describe.each(adapters)("a snapshot, on %s", (adapter) => {
  it("is told what would become of it, then imported, and changes nothing the second time", async () => {
    const { server, snapshot } = await start(adapter);
    const fresh = { ...nothing, lines: 9, coupons: { ...none, new: 3 }, user_coupons: { ...none, new: 6 } };
    expect(await sent(server, snapshot, { dry_run: true })).toEqual({ ...fresh, dry_run: true });
    expect((await server.store.listCoupons("wx_to", 0, 9)).total).toBe(0);
    expect(await sent(server, snapshot)).toEqual({ ...fresh, dry_run: false });
    expect(await operatedFile(server, "exportApp", { appid: "wx_to" })).toBe(snapshot.replaceAll("wx_from", "wx_to"));
    const same = { ...nothing, lines: 9, coupons: { ...none, unchanged: 3 }, user_coupons: { ...none, unchanged: 6 } };
    expect(await sent(server, snapshot, { dry_run: true })).toEqual({ ...same, dry_run: true });
    expect(await sent(server, snapshot)).toEqual({ ...same, dry_run: false });
    const [{ by } = { by: null }] = await server.store.listJournal("wx_to", null, 1);
    expect(by).toBe("command_line");
  });

  it("that differs from what is there is told line by line, and stops at the first that is refused", async () => {
    const { server, app, snapshot } = await start(adapter);
    await sent(server, snapshot);
    server.clock.now += 5;
    await app.must("update_status", { out_coupon_id: "d", status: 3 });
    await app.must("claim", { openid: "new", out_coupon_id: "c", request_id: "new" });
    const later = await operatedFile(server, "exportApp", { appid: "wx_from" });
    // Here the draft went its own way meanwhile.
    server.clock.now += 5;
    const { coupon: draft } = await operated(server, "showCoupon", { appid: "wx_to", out_coupon_id: "draft" });
    const { out_coupon_id, type, promote_type, coupon_info } = draft.coupon;
    const replaced = { out_coupon_id, type, promote_type, coupon_info: { ...coupon_info, name: "ours" } };
    await operated(server, "replaceCoupon", { appid: "wx_to", out_coupon_id, coupon: replaced });
    const told = await sent(server, later, { dry_run: true });
    expect(told).toMatchObject({
      lines: 10,
      coupons: { new: 0, changed: 2, unchanged: 0, refused: 1 },
      user_coupons: { new: 1, changed: 0, unchanged: 6, refused: 0 },
      unreadable: 0,
      faults: [
        {
          line: 3,
          detail: expect.stringContaining("draft has changed here after what the line tells of"),
          detail_zh: expect.stringContaining("draft 在这里的更新时间是"),
        },
      ],
    });
    expect(await send(server, later)).toMatchObject({
      status: 409,
      problem: "line_refused",
      detail: expect.stringMatching(/^line 3: .*draft has changed here.*; nothing was imported$/),
      zh: expect.stringMatching(/^第 3 行：draft .*；没有导入任何内容$/),
    });
    expect(await sent(server, later, { dry_run: true })).toEqual(told);
  });
});

it("lines that cannot be read are told with their numbers; an import does nothing then", async () => {
  const { server, snapshot } = await start();
  const lines = snapshot.trimEnd().split("\n");
  const broken = [lines[0], "{", "", '{"user_coupon":{}}', lines[1], "\u0000[]", lines.at(-1)].join("\n");
  expect(await sent(server, broken, { dry_run: true })).toMatchObject({
    lines: 6,
    coupons: { new: 2 },
    user_coupons: { new: 1 },
    unreadable: 3,
    faults: [
      {
        line: 2,
        detail: expect.stringContaining("body: must be JSON"),
        detail_zh: expect.stringMatching(/^body 必须是 JSON/),
      },
      { line: 4, detail: expect.stringContaining("is required"), detail_zh: expect.stringContaining("是必填项") },
      { line: 6 },
    ],
  });
  expect(await send(server, broken)).toMatchObject({
    status: 422,
    problem: "unreadable_line",
    detail: expect.stringMatching(/^line 2: .*must be JSON/),
  });
  expect((await server.store.listCoupons("wx_to", 0, 9)).total).toBe(0);
});

it("a user coupon of a coupon that is nowhere is refused, and no more than 100 lines are told", async () => {
  const { server, snapshot } = await start();
  const wallets = snapshot.split("\n").filter((line) => line.startsWith('{"user_coupon"'));
  const many = Array.from({ length: 40 }, () => wallets).flat();
  const told = await sent(server, many.join("\n"), { dry_run: true });
  expect(told).toMatchObject({ lines: 240, user_coupons: { ...none, refused: 240 } });
  expect(told.faults).toHaveLength(100);
  expect(told.faults.at(-1)).toMatchObject({ line: 100, detail: expect.stringContaining("is not in this app") });
});

it("a snapshot of many groups is counted as it is imported", async () => {
  const { server, snapshot } = await start();
  const [first = "", ...others] = snapshot.trimEnd().split("\n");
  const wallet = others.at(-1) as string;
  const id = JSON.parse(wallet).user_coupon.out_user_coupon_id;
  const users = Array.from({ length: 1200 }, (_, i) => wallet.replace(id, `u${i}`));
  const file = [first, ...others.slice(0, 2), ...users].join("\n");
  const { dry_run: _, ...would } = await sent(server, file, { dry_run: true });
  expect(would).toMatchObject({ lines: 1203, coupons: { new: 3 }, user_coupons: { new: 1200 }, faults: [] });
  expect(await sent(server, file)).toEqual({ dry_run: false, ...would });
});

it("that ends after some of its lines went in answers those, and where it ended", async () => {
  const { server, snapshot } = await start();
  const [first = "", ...others] = snapshot.trimEnd().split("\n");
  const wallet = others.at(-1) as string;
  const { out_user_coupon_id: id, out_coupon_id: of } = JSON.parse(wallet).user_coupon;
  const users = Array.from({ length: 700 }, (_, i) => wallet.replace(id, `u${i}`));
  const nowhere = wallet.replace(`"${of}"`, '"nowhere"');
  const stopped = await sent(server, [first, ...others.slice(0, 2), ...users, nowhere].join("\n"));
  expect(stopped).toMatchObject({
    lines: 500,
    coupons: { ...none, new: 3 },
    user_coupons: { ...none, new: 497 },
    stopped_at: 704,
    faults: [
      { line: 704, detail: expect.stringContaining("nowhere is not in this app"), detail_zh: "该应用没有券 nowhere" },
    ],
  });
});

it("leaves nothing of the file behind", async () => {
  const { server, snapshot } = await start();
  const directory = temporaryDirectory();
  vi.stubEnv("TMPDIR", directory.path);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    directory.remove();
  });
  await sent(server, snapshot);
  await send(server, "{");
  expect(readdirSync(directory.path)).toEqual([]);
});

it("an empty file is nothing", async () => {
  const { server } = await start();
  for (const dry_run of [true, false]) expect(await sent(server, "\n", { dry_run })).toEqual({ ...nothing, dry_run });
});
