import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import listed from "../../../protocol/reference/bodies/documented/get_list.response.json" with { type: "json" };
import { type Client, connect } from "../../testing/client.ts";
import { addActive, coupon, give } from "../../testing/coupons.ts";
import { askAs, fetcher, kinds, worth } from "../../testing/tokens.ts";
import { createApp, directory, quanku, type ServerProcess, startServer } from "./server-process.ts";

/** One server and one data directory; every test works with apps of its own, while the server runs. */
let dataDir: string;
let server: ServerProcess;

beforeAll(async () => {
  dataDir = directory();
  server = await startServer(dataDir);
});

const run = (...args: string[]) => quanku(...args, "--data-dir", dataDir);

/** Everything that the database says. */
function contents(): string[] {
  const db = new DatabaseSync(join(dataDir, "quanku.db"), { readOnly: true });
  try {
    const tables = ["app", "coupon", "stock", "user_coupon", "journal"];
    return tables
      .flatMap((table) => db.prepare(`SELECT '${table}' AS "table", * FROM ${table}`).all())
      .map((row) => JSON.stringify(row));
  } finally {
    db.close();
  }
}

/** Commands that must fail: with 1, one line that says why, nothing on stdout, and nothing changed. */
async function expectRefused(...commands: [args: string[], why: string][]): Promise<void> {
  const before = contents();
  await Promise.all(
    commands.map(async ([args, why]) => {
      const { code, stdout, stderr } = await run(...args);
      expect({ code, stdout }, args.join(" ")).toEqual({ code: 1, stdout: "" });
      expect(stderr).toMatch(/^quanku: [^\n]+\n$/);
      expect(stderr).toContain(why);
    }),
  );
  expect(contents()).toEqual(before);
}

describe("app create", () => {
  it("makes a secret that works at once, on a server that was asked for the app before", async () => {
    expect(await worth(server, `wx-made.${"x".repeat(43)}`)).toBe(40001);
    expect((await askAs(server, { appid: "wx-made", secret: "x" })).errcode).toBe(40013);
    const { code, stdout, stderr } = await run("app", "create", "--appid", "wx-made");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const app = JSON.parse(stdout);
    expect(app).toEqual({ appid: "wx-made", secret: expect.stringMatching(/^[0-9a-f]{32}$/) });
    const client = connect(server.url, app);
    expect(await client.call("get_list", { page_size: 1 })).toMatchObject({ errcode: 0, total_num: 0 });
    client.close();
  });

  it("takes a secret, and keeps neither it nor a token in clear anywhere in the data directory", async () => {
    const secret = "a-secret-of-one's own: 秘密";
    const { code, stdout } = await run("app", "create", "--appid", "wx-given", "--secret", secret);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ appid: "wx-given", secret });
    const made = await createApp(dataDir, "wx-made-too");
    const tokens = [
      await askAs(server, { appid: "wx-given", secret }),
      await askAs(server, { appid: "wx-given", secret }, "stable_token"),
      await askAs(server, made),
    ].map(({ access_token }) => access_token as string);

    const files = readdirSync(dataDir).map((name) => readFileSync(join(dataDir, name)));
    expect(files.length).toBeGreaterThan(1);
    expect(
      files.some((bytes) => bytes.includes("wx-made-too")),
      "what is written is found",
    ).toBe(true);
    const hidden = [secret, JSON.stringify(secret).slice(1, -1), made.secret, ...tokens];
    const signatures = tokens.map((token) => token.split(".").at(-1) as string);
    for (const text of [...hidden, ...signatures])
      for (const bytes of files) expect(bytes.includes(text), text).toBe(false);
    expect(server.written.stderr).toBe("");
  });

  it("refuses a taken appid, a bad one, and secrets too short or too long", async () => {
    await createApp(dataDir, "wx-taken");
    const create = (...args: string[]) => ["app", "create", "--appid", ...args];
    const rotate = (...args: string[]) => ["app", "rotate-secret", ...args];
    await expectRefused(
      [create("wx-taken"), "app wx-taken exists"],
      [create("wx taken"), 'appid "wx taken" is not well-formed: give 1-64 of'],
      [create("x".repeat(65)), "is not well-formed"],
      [create("wx-short", "--secret", "15-characters-x"), "must have 16-128 characters"],
      [create("wx-long", "--secret", "x".repeat(129)), "must have 16-128 characters"],
      [rotate("wx-taken", "--secret", "short"), "must have 16-128 characters"],
      [rotate("wx-nobody"), "no app wx-nobody in this store"],
    );
  });
});

it("app list prints every app as a line of JSON, oldest first, and no secret", async () => {
  const elsewhere = directory();
  for (const appid of ["wx-z", "wx-a"]) await createApp(elsewhere, appid);
  const { code, stdout, stderr } = await quanku("app", "list", "--data-dir", elsewhere);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const lines = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const create_time = expect.closeTo(Date.now() / 1000, -2);
  expect(lines).toEqual([
    { appid: "wx-z", create_time, token_quota: 2000, sandbox: false },
    { appid: "wx-a", create_time, token_quota: 2000, sandbox: false },
  ]);
});

it("app rotate-secret kills the old secret and its tokens within a second, on a server that runs", async () => {
  const old = await createApp(dataDir, "wx-rotated");
  const tokens = await Promise.all(kinds.map((kind) => fetcher(server, old.appid, old.secret)(kind)));
  const answers = () => Promise.all(tokens.map(({ access_token }) => worth(server, access_token)));
  expect(await answers()).toEqual([0, 0]);

  const { code, stdout, stderr } = await run("app", "rotate-secret", "wx-rotated");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const renewed = JSON.parse(stdout);
  expect(renewed.secret).not.toBe(old.secret);
  expect((await askAs(server, old)).errcode).toBe(40125);
  expect((await askAs(server, old, "stable_token")).errcode).toBe(40125);
  await sleep(1000);
  expect(await answers()).toEqual([40001, 40001]);

  const client = connect(server.url, renewed);
  expect((await client.call("get_list", { page_size: 1 })).errcode).toBe(0);
  client.close();
});

describe("import", () => {
  const openid = "oIJ9d5Ad4JMhbybqJ3_J73LkR_Io";
  const held = {
    out_user_coupon_id: "held-1",
    openid,
    out_coupon_id: "coupon_id_1",
    status: 100,
    create_time: 1625474308,
    update_time: 1625474308,
    end_time: 1625464250,
    ext_info: {},
    start_time: 1625451250,
  };
  const lines = [...listed.result_list.map((entry) => JSON.stringify(entry)), JSON.stringify({ user_coupon: held })];

  function snapshot(...content: string[]): string {
    const file = join(directory(), "shop.jsonl");
    writeFileSync(file, content.map((line) => `${line}\n`).join(""));
    return file;
  }

  it("shows in the next list of a server that runs, and changes nothing when repeated", async () => {
    const client = connect(server.url, await createApp(dataDir, "wx-import"));
    expect(await client.coupons()).toEqual([]);
    const file = snapshot(...lines);
    const first = await run("import", file, "--appid", "wx-import");
    expect(first.code).toBe(0);
    expect(JSON.parse(first.stdout)).toEqual({ appid: "wx-import", new: 4, changed: 0, unchanged: 0 });
    expect(first.stderr).toContain("user coupons moved no stock");

    const asImported = JSON.parse(
      JSON.stringify(listed.result_list).replaceAll(listed.result_list[0]?.coupon.appid as string, "wx-import"),
    );
    expect(await client.coupons()).toEqual(asImported);
    expect(await client.wallet(openid)).toEqual([held]);

    const before = contents();
    const second = await run("import", file, "--appid", "wx-import");
    expect(JSON.parse(second.stdout)).toEqual({ appid: "wx-import", new: 0, changed: 0, unchanged: 4 });
    expect(contents()).toEqual(before);
    client.close();
  });

  it("names file and line of what it cannot read, and imports nothing of the file", async () => {
    await createApp(dataDir, "wx-import-faults");
    const importing = (file: string) => ["import", file, "--appid", "wx-import-faults"];
    const [one, two] = lines as [string, string];
    const broken = snapshot(one, two, '{"coupon":');
    const wrongField = snapshot(one, "", two.replace('"type":101', '"type":99'));
    const noObject = snapshot("null");
    const stranger = snapshot(one, JSON.stringify({ user_coupon: held }));
    const twice = snapshot(one, one.replace('"name":"', '"name":"other '));
    await expectRefused(
      [importing(broken), `${broken} line 3: `],
      [importing(wrongField), `${wrongField} line 3: data format error hint: [coupon.type: `],
      [importing(noObject), `${noObject} line 1: `],
      [importing(stranger), `${stranger} line 2: 优惠券不存在`],
      [importing(twice), `${twice} line 2: 优惠券逻辑失败`],
    );
  });

  it("says in its help what it does to stock, and what a later snapshot does", async () => {
    const { stdout } = await run("import", "--help");
    expect(stdout).toContain("user coupons move none");
    expect(stdout).toContain("A coupon line without coupon_stock leaves the stock here as it is");
    expect(stdout).toContain("how many lines were new, changed and unchanged");
  });

  it("says what is missing where file or app are not there", async () => {
    await createApp(dataDir, "wx-import-nothing");
    const nowhere = join(dataDir, "nowhere.jsonl");
    await expectRefused(
      [["import", nowhere, "--appid", "wx-nobody"], "no app wx-nobody in "],
      [["import", nowhere, "--appid", "wx-import-nothing"], `no such file: ${nowhere}`],
      [["import", dataDir, "--appid", "wx-import-nothing"], "directory"],
    );
  });
});

describe.concurrent("the command line", () => {
  it.each([
    [[], "quanku [options] [command]"],
    [["serve"], "quanku serve [options]"],
    [["app"], "quanku app [options] [command]"],
    [["app", "create"], "quanku app create [options]"],
    [["app", "list"], "quanku app list [options]"],
    [["app", "rotate-secret"], "quanku app rotate-secret [options] <appid>"],
    [["import"], "quanku import [options] <file>"],
  ])("shows the usage of %j with --help", async (command, usage) => {
    const { code, stdout, stderr } = await quanku(...command, "--help");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain(`Usage: ${usage}\n`);
  });

  it.each([
    [["serve", "--nonsense"], "unknown option '--nonsense'"],
    [["serve", "--port", "65536"], "give a number from 0 to 65535"],
    [["serve", "--port", "http"], "give a number from 0 to 65535"],
    [["serve", "--log-level", "loud"], "Allowed choices are"],
    [["app", "create"], "required option '--appid <appid>' not specified"],
    [["nonsense"], "unknown command 'nonsense'"],
  ])("refuses %j and says why", async (command, why) => {
    const elsewhere = join(directory(), "data");
    const dataDirOption = command[0] === "nonsense" ? [] : ["--data-dir", elsewhere];
    const { code, stdout, stderr } = await quanku(...command, ...dataDirOption);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(`error: `);
    expect(stderr).toContain(why);
    expect(existsSync(elsewhere)).toBe(false);
  });
});

describe("serve", () => {
  it("says so where the port is taken", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as { port: number };
    const { code, stdout, stderr } = await quanku("serve", "--port", `${port}`, "--data-dir", directory());
    other.close();
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^quanku: the port is taken: choose another with --port, [^\n]*\n$/);
  });

  it("says so where the port for metrics is taken, and ends", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as { port: number };
    const ended = await quanku("serve", "--port", "0", "--metrics-port", `${port}`, "--data-dir", directory());
    other.close();
    expect(ended).toMatchObject({ code: 1, stdout: "" });
    expect(ended.stderr).toMatch(/^quanku: the port is taken: choose another with --metrics-port, [^\n]*\n$/);
  });

  it("keeps the demo shop, whose secret is public, on loopback", async () => {
    const elsewhere = join(directory(), "data");
    const { code, stdout, stderr } = await quanku(
      "serve",
      "--demo",
      "--host",
      "0.0.0.0",
      "--port",
      "0",
      "--data-dir",
      elsewhere,
    );
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^quanku: --demo serves on loopback only[^\n]*\n$/);
    expect(existsSync(elsewhere)).toBe(false);
  });

  it("keeps tenants apart who use the same ids", async () => {
    const shops = await Promise.all(
      ["wx-tenant-1", "wx-tenant-2"].map(async (appid) => connect(server.url, await createApp(dataDir, appid))),
    );
    const [one, other] = shops as [Client, Client];
    await one.must("add", { coupon: coupon("same", { total_num: 10 }) });
    expect((await other.call("get", { out_coupon_id: "same" })).errcode).toBe(1090057);
    expect((await other.call("update_status", { out_coupon_id: "same", status: 2 })).errcode).toBe(1090057);
    await addActive(other, coupon("same", { total_num: 20, limit_num_one_person: 1 }));
    await one.must("update_status", { out_coupon_id: "same", status: 2 });

    await give(one, "somebody", "same", "pair");
    expect(await other.wallet("somebody")).toEqual([]);
    const used = { openid: "somebody", out_coupon_id: "same", out_user_coupon_id: "pair", status: 102 };
    expect((await other.call("update_usercoupon_status", used)).errcode).toBe(1090057);
    await give(other, "somebody", "same", "pair");
    await other.must("update_usercoupon_status", used);

    for (const [shop, total, status] of [
      [one, 10, 100],
      [other, 20, 102],
    ] as const) {
      const coupons = await shop.coupons();
      expect(coupons).toHaveLength(1);
      expect(coupons[0]?.coupon.coupon_info.receive_info.total_num).toBe(total);
      expect(coupons[0]?.coupon_stock?.stock_info).toEqual({ issued_num: total - 1, receive_num: 1 });
      const wallet = await shop.wallet("somebody");
      expect(wallet.map((held) => held.status)).toEqual([status]);
    }
    for (const shop of shops) shop.close();
  });
});
