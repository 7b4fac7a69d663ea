import { execFileSync } from "node:child_process";
import type { ClientOptions } from "@quanku/sdk";
import { describe, expect, it } from "vitest";
import { prettyJson } from "../src/parts/json-text.ts";
import { asCurl, asTypeScript, type Sent } from "../src/parts/snippets.ts";

const nasty = `{"openid":"o'1 $HOME \`id\` \\"x\\" \\\\ !","__proto__":{"a b":[1e400,9007199254740993,{},[]]},"out_coupon_id":"券\\n"}`;
const sent: Sent = {
  origin: "http://127.0.0.1:8080",
  method: "POST",
  path: "/quanku/coupon/claim",
  query: "access_token=***&x='$(id)'",
  body: nasty,
};

/** What a shell gives to curl. */
const argumentsOf = (command: string): string[] =>
  execFileSync("sh", ["-c", `curl() { printf '%s\\0' "$@"; }\nTOKEN='t"1'\n${command}`], { encoding: "utf8" })
    .split("\0")
    .slice(0, -1);

describe("a request as curl", () => {
  it("comes through a shell as it was sent, with the token that is set there", () => {
    expect(argumentsOf(asCurl({ ...sent, fault: "delay=10" }))).toEqual([
      "-s",
      `http://127.0.0.1:8080/quanku/coupon/claim?access_token=t"1&x='$(id)'`,
      ...["-H", "Content-Type: application/json", "-H", "Quanku-Fault: delay=10", "--data-raw", nasty],
    ]);
  });

  it("has another method and no body where it had", () => {
    const command = asCurl({ ...sent, method: "GET", query: "a=1&access_token=***", body: null });
    expect(argumentsOf(command)).toEqual([
      ...["-s", "-X", "GET", `http://127.0.0.1:8080/quanku/coupon/claim?a=1&access_token=t"1`],
    ]);
    expect(argumentsOf(asCurl({ ...sent, query: "grant_type=***" }))[1]).toMatch(/claim\?grant_type=\*\*\*$/);
  });
});

describe("a request as TypeScript", () => {
  it("makes the call that was sent, whatever its texts hold", async () => {
    const text = asTypeScript({ ...sent, appid: "wx1", fault: 'a"b' }) as string;
    const [door, ...program] = text.split("\n");
    expect(door).toBe('import { createClient } from "@quanku/sdk";');
    const made: unknown[] = [];
    const createClient = ({ fetch: _, ...options }: ClientOptions) => {
      made.push(options);
      return { claim: async (body: unknown) => void made.push(body) };
    };
    const run = new Function("createClient", "process", "console", `return (async () => {${program.join("\n")}})()`);
    await run(createClient, { env: { APP_SECRET: "s" } }, { log() {} });
    expect(made).toEqual([{ baseUrl: sent.origin, appid: "wx1", secret: "s" }, JSON.parse(nasty)]);
    expect(text).toContain('"Quanku-Fault": "a\\"b"');
  });

  it("is not told of what the SDK does by itself, or cannot send", () => {
    const why = (changed: Partial<Sent>) => asTypeScript({ ...sent, appid: "wx1", ...changed });
    expect(why({ path: "/cgi-bin/stable_token" })).toEqual({ why: "token" });
    expect(why({ path: "/shop/coupon/nothing" })).toEqual({ why: "noCall" });
    expect(why({ body: '{"a":' })).toEqual({ why: "noJson" });
    expect(why({ path: "/shop/coupon/confirm", body: null })).toContain("client.confirm()");
  });
});

describe("JSON to be read by people", () => {
  it("is what it was, but for spaces", () => {
    expect(prettyJson('{"a":[1e400,1.0,{}],"a":"{:,}"}')).toBe(
      '{\n  "a": [\n    1e400,\n    1.0,\n    {}\n  ],\n  "a": "{:,}"\n}',
    );
    expect(JSON.parse(prettyJson(nasty))).toEqual(JSON.parse(nasty));
    expect(prettyJson('{"a":')).toBe('{"a":');
    expect(prettyJson(" 5 ")).toBe("5");
  });
});
