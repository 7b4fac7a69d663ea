import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Writable } from "node:stream";
import { callPath } from "@quanku/protocol/calls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blankerOf } from "../../src/http/call-log/blank.ts";
import { DATABASE_FILE } from "../../src/store/sqlite/connection.ts";
import { operated } from "../../testing/admin.ts";
import { startTestServer, type TestServer } from "../../testing/server.ts";
import { callNames, goodBodies, OPENED_AT } from "../wire/support/shop.ts";

const appid = "wx_canary";
const secrets = ["Kx7PqVz2mNwT9sRb", "Zt5WnQy8vBmE2rXk7JpH4sDfG6cL9aUi"] as const;
const callbackToken = "CallbackCanary77";
const encodingAesKey = "Qk9vR3Zs+WJ0/DFmbjVoYzdwMmEvbGQ4bTNzNnUwaT0";
const sessionKey = "SessionCanary/9aZ==";
/** So many characters in a row of a secret do not come by chance. */
const TELLTALE = 10;

const jsonEscaped = (text: string) =>
  Array.from(text, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
const percentEncoded = (text: string) => Array.from(text, (one) => `%${one.charCodeAt(0).toString(16)}`).join("");
/** How a secret is found that a process was never told, by its digest: as it is, or escaped. */
const escaped = [
  (text: string) => text,
  jsonEscaped,
  percentEncoded,
  (text: string) => percentEncoded(percentEncoded(text)),
];
const spellings = [...escaped, (text: string) => text.toUpperCase()];
const asQuery = (text: string) => text.replaceAll("+", "%2B");

describe("secrets of a sandbox app's calls", () => {
  let server: TestServer;
  let log = "";
  const sink = new Writable({
    write(chunk, _, done) {
      log += chunk;
      done();
    },
  });
  const hidden = new Set<string>([...secrets, callbackToken, encodingAesKey, sessionKey]);

  async function send(path: string, init: RequestInit = {}): Promise<void> {
    const reply = (await (await server.fetch(path, init)).json()) as { access_token?: string };
    if (reply.access_token) hidden.add(reply.access_token.slice(reply.access_token.indexOf(".") + 1));
    lastToken = reply.access_token ?? lastToken;
  }
  let lastToken = "";
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    send(path, { method: "POST", body, headers });

  async function fetchTokens(secret: string): Promise<void> {
    const fields = { grant_type: "client_credential", appid, secret };
    await send(`/cgi-bin/token?${new URLSearchParams(fields)}`);
    await post("/cgi-bin/stable_token", JSON.stringify(fields));
    await post("/cgi-bin/stable_token", JSON.stringify({ ...fields, force_refresh: true }));
    await send(`/cgi-bin/token?grant_type=${secret}&appid=${appid}&secret=${secret}&x=${percentEncoded(secret)}`);
    await send(`/cgi-bin/token?grant_type=client_credential&appid=${appid}&secret=${secret}x`);
    await post(
      `/cgi-bin/stable_token?secret=${secret}`,
      JSON.stringify({ ...fields, grant_type: secret, note: secret }),
    );
  }

  async function callWith(token: string, secret: string, spelt = spellings): Promise<void> {
    const all = [token, secret, callbackToken, encodingAesKey];
    for (const call of callNames) {
      const path = `${callPath(call)}?access_token=${token}`;
      const headers = {
        authorization: `Bearer ${token}`,
        cookie: `session=${secret}`,
        "user-agent": `client ${token} ${secret} ${callbackToken}`,
        "quanku-fault": `secret=${secret}`,
        "content-type": `application/json; x=${encodingAesKey}`,
      };
      await post(path, JSON.stringify(goodBodies[call]), headers);
      await post(
        path,
        JSON.stringify({ ...goodBodies[call], openid: secret, out_coupon_id: token, request_id: secret }),
      );
      await post(path, `{"session_key":"${sessionKey}","access_token":"${token}`);
      await post(`${path}&session_key=${asQuery(sessionKey)}`, `session_key=${sessionKey}`);
      await post(path, `${token}${secret}${callbackToken}`);
      for (const spell of spelt) {
        const each = all.map(spell);
        await post(path, `{"a":["${each.join('","')}"],"b":"${each[0]}${each[1]}"}`);
        await post(`${path}&other=${all.map((one) => asQuery(spell(one))).join("&other=")}`, "{}");
        await post(`${callPath(call)}/${encodeURIComponent(spell(token))}?access_token=${token}`, each.join(" "));
      }
      // Secrets where a long text is cut.
      const cut = 16_384 - Math.floor(secret.length / 2);
      await post(path, `{"pad":"${"x".repeat(cut - 8)}${secret}${`${token} `.repeat(200)}`);
      await send(path);
      await post(`${callPath(call)}&access_token=${token}&secret=${secret}`, "{}", {
        authorization: `Bearer ${token}`,
      });
      await post(`${callPath(call)}?ACCESS_TOKEN=${token}&SECRET=${secret}`, "{}");
    }
  }

  beforeAll(async () => {
    server = await startTestServer({ now: OPENED_AT, logTo: sink });
    await server.apps.create(appid, { secret: secrets[0], sandbox: true }, "command_line");
    const agreed = { callbackToken, encodingAesKey, callbackUrl: `http://127.0.0.1:1/hook?token=${callbackToken}` };
    await server.apps.configure(appid, agreed, "command_line");
    await fetchTokens(secrets[0]);
    await callWith(lastToken, secrets[0]);
    await server.apps.rotateSecret(appid, "command_line", secrets[1]);
    await fetchTokens(secrets[1]);
    // Another process, that was never told the secret.
    await server.callLog.written();
    await server.crash();
    await callWith(lastToken, secrets[1], escaped);
    server.clock.now += 7200;
    await callWith(lastToken, secrets[1], escaped);
    await server.callLog.written();
  }, 60_000);
  afterAll(() => server.close());

  const leaks = (text: string): string[] => {
    const lower = text.toLowerCase();
    const found: string[] = [];
    for (const one of hidden) {
      const at = [...piecesOf(one)].map((piece) => lower.indexOf(piece.toLowerCase())).find((place) => place !== -1);
      if (at !== undefined) found.push(`${one} in …${text.slice(Math.max(0, at - 60), at + 80)}…`);
    }
    return found;
  };
  function* piecesOf(secret: string): Generator<string> {
    for (let at = 0; at + TELLTALE <= secret.length; at++) {
      const piece = secret.slice(at, at + TELLTALE);
      for (const spell of [(text: string) => text, jsonEscaped, percentEncoded]) yield spell(piece);
    }
  }
  const raw = () => {
    const db = new DatabaseSync(join(server.dataDir as string, DATABASE_FILE), { readOnly: true });
    const rows = db.prepare("SELECT * FROM call").all();
    db.close();
    return rows;
  };

  it("were there to leak, in every call", () => {
    expect(hidden.size).toBeGreaterThanOrEqual(8);
    const rows = raw();
    expect(new Set(rows.map(({ call }) => call))).toEqual(new Set([...callNames, "token", "stable_token", "unknown"]));
    expect(rows.length).toBeGreaterThan(600);
    expect(leaks(`…${secrets[1].slice(3, 3 + TELLTALE)}…`)).toHaveLength(1);
  });

  it("stand in no byte of the log, and what is no secret does", () => {
    const rows = raw();
    expect(rows.flatMap((row) => leaks(JSON.stringify(row)))).toEqual([]);
    const texts = rows.map(({ text }) => String(text)).join("\n");
    for (const told of ["out_coupon_id", "page_size", "client ", "access_token=***"]) expect(texts).toContain(told);
  });

  it("stand in no line of the server's log and no operators' reply", async () => {
    expect(log).toContain("call refused");
    expect(leaks(log)).toEqual([]);
    let cursor: string | null | undefined;
    let pages = 0;
    do {
      const page = await operated(server, "listCalls", { appid, limit: 500, ...(cursor && { cursor }) });
      expect(leaks(JSON.stringify(page))).toEqual([]);
      const [first] = page.entries;
      expect(leaks(JSON.stringify(await operated(server, "showCall", { appid, rid: first?.rid })))).toEqual([]);
      cursor = page.next;
      pages++;
    } while (cursor);
    expect(pages).toBeGreaterThan(1);
  });
});

it.each([
  ["a=1&b=2", "a=1&b=2"],
  ['{"secret": "with \\"quotes\\" and spaces", "openid": "o1"}', '{"secret": "***", "openid": "o1"}'],
  ['{"session_key":"abc","name":"好茶"}', '{"session_key":"***","name":"好茶"}'],
  ["x wx1.abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ y", "x wx1.*** y"],
  ["give it in the query: ?access_token=", "give it in the query: ?access_token="],
  ["known-secret-1 KNOWN-SECRET-1", "*** ***"],
  ["k\\u006eown-secret-1 stays", "*** stays"],
  ["tea of tea-5, not steam", "*** of ***-5, not steam"],
])("blanks %s as %s", (text, blanked) => {
  expect(blankerOf(["known-secret-1", "tea"])(text)).toBe(blanked);
});
