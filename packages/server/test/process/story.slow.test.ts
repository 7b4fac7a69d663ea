import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import type { Reply } from "../../testing/replies.ts";
import { directory, quankuIn, startServer } from "./server-process.ts";

const APP = "wx0123456789abcdef";
const root = fileURLToPath(new URL("../../../..", import.meta.url));

/** Runs an example of the repository; it is ended with the test. Answers what it has written, once that shows what is waited for. */
function example(file: string, args: readonly string[], env: Record<string, string>) {
  const child = spawn(process.execPath, [`examples/${file}`, ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = new Promise<number | null>((resolve) => child.once("close", resolve));
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await exited;
  });
  const ran = { written: "", exited };
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      ran.written += text;
    });
  return ran;
}

it("a newcomer comes from nothing to a confirmed callback, and on, as the README tells it", async () => {
  const dataDir = directory();
  const run = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await quankuIn(
      { env: { QUANKU_ALLOW_PRIVATE_CALLBACKS: "true" } },
      ...args,
      "--data-dir",
      dataDir,
    );
    expect(code, `${args.join(" ")}: ${stderr}`).toBe(0);
    return stdout;
  };
  const json = async (...args: string[]) => JSON.parse(await run(...args, "--json"));

  // A sandbox app, a server, and a coupon to claim.
  const { secret } = JSON.parse(await run("app", "create", "--appid", APP, "--sandbox"));
  const server = await startServer(dataDir, "--allow-private-callbacks");
  const call = async (path: string, body: object) =>
    server
      .fetch(path, { method: "POST", body: JSON.stringify(body) })
      .then((response) => response.json() as Promise<Reply>);
  await run("coupon", "add", APP, "--from", `${root}examples/coupon.json`);
  expect(await run("coupon", "activate", APP, "tea-5")).toContain("active");

  // The merchant: checked, confirmed, in force.
  const merchant = example("merchant.ts", [], { PORT: "0", APPID: APP });
  await expect.poll(() => merchant.written, { timeout: 60_000 }).toContain("/callback");
  const url = /http:\S+/.exec(merchant.written)?.[0] as string;
  await run("app", "set", APP, "--claim-mode", "callback", "--callback-url", url, "--callback-token", "AAAAA");
  expect(await run("app", "verify-callback", APP)).toContain("echostr");
  expect(await json("callback", "confirm", APP)).toMatchObject({
    callback: { purpose: "confirm", verdict: "proved" },
    app: { callback_confirmed: true },
  });

  // People: anybody's code logs in, and a name is given to one.
  await run("person", "make", APP, "xiaoming", "--openid", "o-xiaoming");
  const login = new URLSearchParams({ grant_type: "authorization_code", appid: APP, secret, js_code: "xiaoming" });
  const session = (await (await server.fetch(`/sns/jscode2session?${login}`)).json()) as Reply;
  expect(session).toMatchObject({ openid: "o-xiaoming", session_key: expect.any(String) });

  // Claims: over the wire, and by a tap that is played.
  const { access_token: token } = await call("/cgi-bin/stable_token", {
    grant_type: "client_credential",
    appid: APP,
    secret,
  });
  const claim = { openid: "o1", out_coupon_id: "tea-5", request_id: "r1" };
  expect(await call(`/quanku/coupon/claim?access_token=${token}`, claim)).toMatchObject({
    errcode: 0,
    user_coupon: { out_user_coupon_id: "merchant-r1" },
  });
  const tap = ["trigger", "claim", APP, "--person", "xiaoming"];
  expect(await json(...tap, "--coupon", "tea-5", "--request-id", "tap-1")).toMatchObject({
    granted: true,
    user_coupon: { out_user_coupon_id: "merchant-tap-1", openid: "o-xiaoming", status: "effective" },
    callback: { verdict: "granted" },
  });
  expect(await run(...tap, "--coupon", "tea-5")).toMatch(
    /^errmsg +个人限领超限制: the callback declined: ret_code 1090030/m,
  );

  // A day long after: what was given is over.
  const wallet = async () => (await run("person", "wallet", APP, "o-xiaoming", "--json")).trim();
  expect(JSON.parse(await wallet())).toMatchObject({ status: "effective" });
  expect(await run("clock", APP, "advance", "40d")).toContain("2 user coupons expired");
  expect(JSON.parse(await wallet())).toMatchObject({ out_user_coupon_id: "merchant-tap-1", status: "expired" });

  // Something goes wrong twice, and the SDK goes on.
  await run("fault", "order", APP, "--what", "errcode=990010", "--calls", "claim", "--count", "2");
  const claimer = example("claim.ts", ["xiaohong", "tea-5"], { BASE_URL: server.url, APPID: APP, SECRET: secret });
  expect(await claimer.exited, claimer.written).toBe(0);
  expect(claimer.written).toMatch(/^xiaohong is (o[\w-]{27})\n\1 was given merchant-\S+, good until /);
  expect(await run("fault", "list", APP)).toBe("there are none\n");

  // The log tells each call over the wire, the faults too, and explains one.
  type Logged = { rid: string; errcode: number; fault: string | null };
  const logged = async (name: string): Promise<Logged[]> =>
    (await run("logs", APP, "--call", name, "--json"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  await expect.poll(async () => (await logged("claim")).map(({ errcode }) => errcode)).toEqual([0, 990010, 990010, 0]);
  const calls = await logged("claim");
  expect(calls.map(({ fault }) => fault)).toEqual([null, "errcode=990010", "errcode=990010", null]);
  const explained = await run("logs", APP, "--rid", calls[3]?.rid as string, "--lang", "en");
  expect(explained).toMatch(/^merchant .* granted /m);
  expect(explained).toMatch(/^ +stock remaining 98 → 97, claimed 2 → 3, promised 1 → 0/m);
  const [first] = await logged("jscode2session");
  const ofLogin = await run("logs", APP, "--rid", first?.rid as string, "--json");
  expect(ofLogin).toContain("session_key");
  for (const hidden of [secret, session.session_key]) expect(ofLogin).not.toContain(hidden);

  // The books are right.
  expect(await run("verify", APP)).toContain(APP);
  expect((await server.stop()).code).toBe(0);
});
