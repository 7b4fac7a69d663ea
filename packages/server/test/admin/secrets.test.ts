import { Writable } from "node:stream";
import { adminRoot, routeNames, routeOf } from "@quanku/protocol/admin";
import { expect, it } from "vitest";
import { HOUSE } from "../../src/domain/records.ts";
import { accepted, browse, cookieIn, makeOperator, password, signIn } from "../../testing/operators.ts";
import { startTestServer } from "../../testing/server.ts";

/** So many characters in a row do not coincide by chance. */
const TELLTALE = 10;
function* pieces(hidden: string): Generator<string> {
  for (let start = 0; start + TELLTALE <= hidden.length; start++) yield hidden.slice(start, start + TELLTALE);
}
const leaks = (text: string, hidden: Iterable<string>): string[] =>
  [...hidden].filter((one) => [...pieces(one)].some((piece) => text.includes(piece)));

it("no log line and no journal entry tells what lets somebody in", async () => {
  let log = "";
  const logTo = new Writable({
    write(chunk, _, done) {
      log += chunk;
      done();
    },
  });
  const server = await startTestServer({ adapter: "sqlite", logTo });
  await makeOperator(server, "boss");
  const hidden = new Set([password]);
  const keep = (text: string) => {
    hidden.add(text);
    return text;
  };
  const cookie = await signIn(server, "boss");
  keep(cookie.split("=")[1] as string);
  const headers = { cookie };
  const ask = async (method: string, path: string, body?: unknown) => {
    const response = await browse(server, method, path, { headers, body });
    return (await response.json()) as { token: string; password: string };
  };
  const token = keep((await ask("POST", "/tokens", { name: "deploy", days: 1 })).token);
  keep((await ask("POST", "/operators", { name: "li", role: "owner" })).password);
  keep((await ask("POST", "/operators/li/reset", {})).password);
  const given = keep("Kx7PqVz2mNwT9sRb");
  await ask("PUT", "/session/password", { password, new_password: given });
  const code = keep(accepted(await server.operators.createLink("boss", "command_line")).code);
  const { url, close } = await server.listen();
  const followed = await fetch(`${url}${adminRoot}/session/link?code=${code}`, { redirect: "manual" });
  keep((cookieIn(followed) as string).split("=")[1] as string);
  await fetch(`${url}${adminRoot}/session/link?code=${code}&code=${token}`);
  await close();

  for (const secret of [...hidden]) {
    for (const body of [
      `{"password":"${secret}`,
      `{"name":"boss","password":${secret}}`,
      secret,
      `{"${secret}":1}`,
      `["${secret}"]`,
    ])
      await server.fetch(`${adminRoot}/session`, {
        method: "POST",
        body,
        headers: { "content-type": "application/json" },
      });
    await ask("POST", "/session", { name: "boss", password: secret });
    await ask("POST", "/session", { name: secret, password: secret });
    await ask("GET", `/session?${secret}=1`);
    await ask("GET", `/session?access_token=${secret}&${secret}=1`);
    await server.fetch(`${adminRoot}/session`, {
      headers: { authorization: `Bearer ${secret}x`, cookie: `quanku_session=${secret}x` },
    });
    await server.fetch(`${adminRoot}/session&access_token=${secret}`);
    for (const name of routeNames)
      await ask(
        routeOf(name).method,
        routeOf(name).path.replaceAll(/\{\w+\}/g, "some"),
        routeOf(name).method === "GET" ? undefined : { [secret]: secret, name: secret },
      );
  }
  const [boss] = await server.store.listOperators(HOUSE);
  const kept = JSON.stringify(boss).match(/(?<="(digest|salt)":")[\w-]{20,}/g) ?? [];
  const journal = JSON.stringify(await server.store.readJournal(HOUSE, 0, 1000));
  await server.close();

  expect([hidden.size, kept.length]).toEqual([8, 5]);
  expect(log.split("\n").length).toBeGreaterThan(300);
  expect(journal).toContain('"createToken"');
  expect(leaks(log, [...hidden, ...kept])).toEqual([]);
  expect(leaks(journal, [...hidden, ...kept])).toEqual([]);
});
