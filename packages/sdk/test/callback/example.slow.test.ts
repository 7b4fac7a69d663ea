import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { demoApp } from "../../../server/src/cli/demo.ts";
import { directory, quanku, startServer } from "../../../server/test/process/server-process.ts";
import { connect } from "../../../server/testing/client.ts";

const root = new URL("../../../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");
/** The commands of a page that begin so. */
const commandsOf = (path: string, beginning: string) =>
  read(path)
    .split("\n")
    .filter((line) => line.startsWith(beginning));

const running: ChildProcess[] = [];
afterAll(() => {
  for (const child of running) child.kill("SIGKILL");
});

/** Starts the example on a free port, as npm run example:merchant does. */
async function startExample(env: Record<string, string> = {}) {
  const script: string = JSON.parse(read("package.json")).scripts["example:merchant"];
  const [, file = ""] = /^node (\S+)$/.exec(script) ?? [];
  const child = spawn(process.execPath, [fileURLToPath(new URL(file, root))], {
    env: { PATH: process.env.PATH, PORT: "0", ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  running.push(child);
  const written = { stdout: "" };
  const url = await new Promise<string>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the example ended with ${code}`)));
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      written.stdout += text;
      const found = /http:\/\/127\.0\.0\.1:\d+\/callback/.exec(written.stdout)?.[0];
      if (found) resolve(found);
    });
  });
  return { url, written };
}

describe("the example", () => {
  const key = "Qk9vR3Zs+WJ0/DFmbjVoYzdwMmEvbGQ4bTNzNnUwaT0";
  it.each([
    ["plain", {}],
    ["secure", { ENCODING_AES_KEY: key }],
  ] as const)("decides the demo shop's claims as examples/README.md says, in %s mode", async (mode, env) => {
    const dataDir = directory();
    const server = await startServer(dataDir, "--demo");
    const merchant = await startExample(env);
    const commands = commandsOf("examples/README.md", "npx quanku app set");
    const command = commands.find((line) => line.includes(`--message-mode ${mode}`)) ?? "";
    const [, , ...args] = command.replace("http://127.0.0.1:9000/callback", merchant.url).split(" ");
    expect(await quanku(...args, "--data-dir", dataDir)).toMatchObject({ code: 0, stderr: "" });
    const verified = await quanku(
      "app",
      "verify-callback",
      demoApp.appid,
      "--data-dir",
      dataDir,
      "--allow-private-callbacks",
    );
    expect(verified).toMatchObject({ code: 0, stdout: expect.stringContaining("verify   proved") });

    const client = connect(server.url, demoApp);
    // A server that runs honours settings within a second; until then it has no callback to confirm.
    await expect.poll(() => client.call("confirm", {})).not.toMatchObject({ errcode: 1090056 });
    expect(await client.call("confirm", {})).toEqual({ errcode: 0 });
    const claim = { openid: "o2", out_coupon_id: "shop_direct_5" };
    expect(await client.call("claim", { ...claim, request_id: "r2" })).toMatchObject({
      errcode: 0,
      user_coupon: { out_user_coupon_id: "merchant-r2", openid: "o2" },
    });
    expect(await client.call("claim", { ...claim, request_id: "r3" })).toMatchObject({
      errcode: 1090030,
      errmsg: expect.stringContaining('ret_code 1090030: "每人限领一张"'),
    });
    expect(merchant.written.stdout).toMatch(/the url check was answered\nthe confirm check was answered\n/);
    client.close();
    await server.stop();
  });
});
