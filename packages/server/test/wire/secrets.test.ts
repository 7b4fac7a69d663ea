import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Writable } from "node:stream";
import { callPath } from "@quanku/protocol/calls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DATABASE_FILE } from "../../src/store/sqlite/connection.ts";
import type { Reply } from "../../testing/replies.ts";
import { startTestServer, type TestServer } from "../../testing/server.ts";
import { callNames, goodBodies, OPENED_AT } from "./support/shop.ts";

const appid = "wx_canary";
/** As short as a secret may be: of a body of at most 20 characters the JSON parser's message quotes all. */
const secret = "Kx7PqVz2mNwT9sRb";
const nextSecret = "Zt5WnQy8vBmE2rXk7JpH4sDfG6cL9aUi";
/** So many characters of a longer body the JSON parser's message quotes; so many in a row do not coincide by chance. */
const TELLTALE = 10;

/** Every run of so many characters of what must stay secret. Before a token's dot stands the appid, which is public. */
function* pieces(hidden: string): Generator<string> {
  const core = hidden.slice(hidden.indexOf(".") + 1);
  for (let start = 0; start + TELLTALE <= core.length; start++) yield core.slice(start, start + TELLTALE);
}
const leaks = (text: string, hidden: Iterable<string>): string[] =>
  [...hidden].filter((one) => [...pieces(one)].some((piece) => text.includes(piece)));

describe("secrets and tokens", () => {
  let server: TestServer;
  let log = "";
  const sink = new Writable({
    write(chunk, _, done) {
      log += chunk;
      done();
    },
  });
  const hidden = new Set([secret, nextSecret]);
  const errmsgs: string[] = [];

  async function send(path: string, init: RequestInit = {}): Promise<Reply> {
    const reply = await server.json(await server.fetch(path, init));
    if (typeof reply.errmsg === "string") errmsgs.push(reply.errmsg);
    if (typeof reply.access_token === "string") hidden.add(reply.access_token);
    return reply;
  }
  const post = (path: string, body: string) => send(path, { method: "POST", body });

  async function fetchTokens(withSecret: string): Promise<string[]> {
    const fields = { grant_type: "client_credential", appid, secret: withSecret };
    const regular = await send(`/cgi-bin/token?${new URLSearchParams(fields)}`);
    const stable = await post("/cgi-bin/stable_token", JSON.stringify(fields));
    const forced = await post("/cgi-bin/stable_token", JSON.stringify({ ...fields, force_refresh: true }));
    return [regular, stable, forced].map(({ access_token }) => String(access_token));
  }

  async function failToFetchTokens(): Promise<void> {
    for (const query of [
      `grant_type=client_credential&appid=${appid}&secret=${secret}x`,
      `grant_type=client_credential&appid=wx_nobody&secret=${secret}`,
      `grant_type=${secret}&appid=${appid}&secret=${secret}`,
      `grant_type=client_credential&secret=${secret}`,
      `appid=${appid}&secret=${secret}`,
    ])
      await send(`/cgi-bin/token?${query}`);
    for (const body of [
      `{"appid":"${appid}","secret":"${secret}`,
      `{"appid":"${appid}","secret":${secret}}`,
      `{"appid":"${appid}","secret":"${secret}",}`,
      `${secret}`,
      `secret=${secret}`,
      JSON.stringify([secret]),
      JSON.stringify({ appid, secret: [secret] }),
      JSON.stringify({ appid, secret, grant_type: secret }),
      JSON.stringify({ appid, secret, force_refresh: secret }),
      JSON.stringify({ [secret]: secret }),
    ])
      await post(`/cgi-bin/stable_token?secret=${secret}`, body);
  }

  async function callWith(token: string): Promise<void> {
    for (const call of callNames) {
      const path = `${callPath(call)}?access_token=${token}`;
      await post(path, JSON.stringify(goodBodies[call]));
      await post(path, `{"access_token":"${token}`);
      await post(path, `${token}${secret}`);
      await post(
        path,
        JSON.stringify({ access_token: token, secret, openid: [token], coupon: token, page_size: token }),
      );
      await post(callPath(call), JSON.stringify({ access_token: token }));
      await send(path);
      await post(`${callPath(call)}/?access_token=${token}&secret=${secret}`, "{}");
      await post(`${callPath(call)}?access_token=${token}x`, "{}");
    }
  }

  beforeAll(async () => {
    server = await startTestServer({ now: OPENED_AT, logTo: sink });
    await server.apps.create(appid, { secret }, "command_line");
    for (const token of await fetchTokens(secret)) await callWith(token);
    await failToFetchTokens();
    server.clock.now += 7200;
    for (const token of [...hidden].filter((one) => one.includes("."))) await callWith(token);
    await server.apps.rotateSecret(appid, "command_line", nextSecret);
    for (const token of await fetchTokens(nextSecret)) await callWith(token);
  });
  afterAll(() => server.close());

  it("were there to leak: the run had tokens, failures and a log", () => {
    expect(hidden.size).toBeGreaterThanOrEqual(6);
    expect(errmsgs.length).toBeGreaterThan(100);
    expect(log.split("\n").length).toBeGreaterThan(100);
    expect(leaks(`…${nextSecret.slice(3, 3 + TELLTALE)}…`, hidden)).toEqual([nextSecret]);
  });

  it("stand in no log line", () => {
    expect(leaks(log, hidden)).toEqual([]);
  });

  it("stand in no errmsg", () => {
    expect(leaks(errmsgs.join("\n"), hidden)).toEqual([]);
  });

  it("stand in no file of the data directory", () => {
    const dataDir = server.dataDir as string;
    const files = readdirSync(dataDir);
    expect(files).toEqual(expect.arrayContaining([DATABASE_FILE, `${DATABASE_FILE}-wal`]));
    const bytes = files.map((file) => readFileSync(join(dataDir, file), "latin1")).join("\n");
    expect(bytes).toContain(appid);
    expect(leaks(bytes, hidden)).toEqual([]);
  });

  // The slips of those who put a URL together by hand: the query becomes part of the path.
  it.each(["&", "/", "%3F", "%3f", "%26", ";"])(
    "stand in no log line and no errmsg when %s stands where ? should",
    async (separator) => {
      const [token = ""] = await fetchTokens(nextSecret);
      const from = log.length;
      const { errmsg } = await post(`/shop/coupon/get_list${separator}access_token=${token}`, '{"page_size":1}');
      await send(`/cgi-bin/token${separator}grant_type=client_credential&appid=${appid}&secret=${nextSecret}`);
      expect(errmsg).toContain("invalid url");
      expect(leaks(log.slice(from), hidden), "in the log").toEqual([]);
      expect(leaks(errmsgs.slice(-2).join("\n"), hidden), "in an errmsg").toEqual([]);
    },
  );
});
