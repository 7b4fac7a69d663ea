import { afterEach, expect, it } from "vitest";
import { HOUSE } from "../../src/domain/records.ts";
import { operate, operated } from "../../testing/admin.ts";
import { browse, cookieIn, makeOperator, password, signIn } from "../../testing/operators.ts";
import { startTestServer, type TestServer } from "../../testing/server.ts";
import { adapters } from "../../testing/stores.ts";

let server: TestServer;
afterEach(() => server.close());

it("a path of the operators' calls is as unknown as any other where there is no operator", async () => {
  server = await startTestServer({ adapter: "memory" });
  const told = async (path: string, init?: RequestInit) => {
    const response = await server.fetch(path, init);
    const text = (await response.text()).replace(/ rid: .*/, "").replace(/\/quanku\/[a-z/…]+/, "PATH");
    return [response.status, Object.fromEntries(response.headers), text];
  };
  const unknown = await told("/quanku/nothing");
  expect(unknown[2]).toContain('"errcode":40066');
  for (const path of ["", "/", "/session", "/session/link?code=x", "/apps/wx-a/stream", "/nothing"])
    for (const method of ["GET", "POST", "OPTIONS", "DELETE"])
      expect(await told(`/quanku/admin/v1${path}`, { method }), `${method} ${path}`).toEqual(unknown);
  await makeOperator(server, "boss");
  expect((await server.fetch("/quanku/admin/v1/session")).status).toBe(401);
});

it.each(adapters)(
  "operators are made, changed, given new passwords and removed, and the journal says by whom on %s",
  async (adapter) => {
    server = await startTestServer({ adapter });
    await server.createApp("wx-a");
    const now = server.clock.now;
    const boss = await operated(server, "createOperator", { name: "boss", role: "owner", password });
    expect(boss.password).toBeNull();
    const li = await operated(server, "createOperator", { name: "li", role: "viewer", apps: ["wx-a"] });
    expect(li).toEqual({
      operator: {
        name: "li",
        role: "viewer",
        apps: ["wx-a"],
        has_password: true,
        create_time: now,
        sign_in_time: null,
      },
      password: expect.stringMatching(/^[\w-]{20}$/),
    });
    expect(await operate(server, "createOperator", { name: "li", role: "owner" })).toMatchObject({
      status: 409,
      problem: "operator_exists",
    });
    expect(await operate(server, "createOperator", { name: "Li", role: "owner" })).toMatchObject({ status: 400 });
    expect(await operate(server, "createOperator", { name: "wu", role: "viewer", apps: ["wx-none"] })).toMatchObject({
      errors: [{ field: "apps.0" }],
    });

    server.clock.now += 5;
    const cookie = await signIn(server, "boss");
    const asBoss = async (method: string, path: string, body?: object) =>
      (await browse(server, method, path, { headers: { cookie }, body })).json();
    expect(await asBoss("PATCH", "/operators/li", { role: "manager" })).toMatchObject({
      operator: { role: "manager", apps: ["wx-a"] },
    });
    const reset = (await asBoss("POST", "/operators/li/reset", {})) as { password: string };
    await signIn(server, "li", reset.password);
    expect((await operated(server, "listOperators")).entries).toMatchObject([
      { name: "boss", sign_in_time: now + 5 },
      { name: "li", role: "manager", sign_in_time: now + 5 },
    ]);
    expect(await asBoss("DELETE", "/operators/boss")).toMatchObject({ status: 409, code: "last_owner" });
    expect(await asBoss("DELETE", "/operators/li")).toEqual({});
    expect(await asBoss("DELETE", "/operators/li")).toMatchObject({ status: 404, code: "unknown_operator" });

    const journal = await server.store.readJournal(HOUSE, 0, 99);
    expect(journal.map(({ command, by }) => `${command} by ${by}`)).toEqual([
      "createOperator by command_line",
      "createOperator by command_line",
      "signIn by operator boss",
      "changeOperator by operator boss",
      "resetOperator by operator boss",
      "signIn by operator li",
      "removeOperator by operator boss",
    ]);
  },
);

it("tokens are made, listed and revoked, and what is done with one is said to be", async () => {
  server = await startTestServer({ adapter: "sqlite" });
  await server.createApp("wx-a");
  await makeOperator(server, "boss");
  const cookie = await signIn(server, "boss");
  const asked = async (method: string, path: string, headers: Record<string, string>, body?: object) =>
    (await browse(server, method, path, { headers, body })).json() as Promise<Record<string, unknown>>;
  const made = { name: "deploy", role: "owner", days: 2 };
  const { token } = await asked("POST", "/tokens", { cookie }, made);
  await asked("POST", "/tokens", { cookie }, { name: "read", role: "viewer", apps: ["wx-a"], days: 1 });
  expect(await asked("POST", "/tokens", { cookie }, { name: "none", role: "viewer", days: 1 })).toMatchObject({
    status: 400,
  });
  const [now, authorization] = [server.clock.now, `Bearer ${token}`];
  expect(await asked("GET", "/session", { authorization })).toEqual({
    session: { name: "boss", role: "owner", apps: [], token: "deploy", end_time: now + 2 * 86_400 },
  });
  await asked("POST", "/operators", { authorization }, { name: "li", role: "viewer" });
  expect((await server.store.readJournal(HOUSE, 0, 99)).at(-1)).toMatchObject({
    command: "createOperator",
    by: "token boss deploy",
  });
  const read = { name: "read", role: "viewer", apps: ["wx-a"], create_time: now, end_time: now + 86_400 };
  expect(await asked("GET", "/tokens", { cookie })).toMatchObject({ entries: [{ name: "deploy" }, read] });
  server.clock.now += 86_400;
  const again = await signIn(server, "boss");
  expect(await asked("GET", "/tokens", { cookie: again })).toMatchObject({ entries: [{ name: "deploy" }] });
  expect(await asked("DELETE", "/tokens/deploy", { authorization })).toEqual({});
  expect(await asked("GET", "/session", { authorization })).toMatchObject({ status: 401 });
});

it("the command line has no session, and somebody without a password sets one", async () => {
  server = await startTestServer({ adapter: "memory" });
  for (const name of ["showSession", "signOut", "listTokens"] as const)
    expect(await operate(server, name)).toMatchObject({ status: name === "signOut" ? 403 : 409 });
  await server.operators.create({ name: "demo", role: "owner", apps: [], password: null }, "command_line");
  expect((await browse(server, "POST", "/session", { body: { name: "demo", password: "" } })).status).toBe(401);
  const link = await server.operators.createLink("demo", "command_line");
  const { url, close } = await server.listen();
  const code = "code" in link ? link.code : "";
  const followed = await fetch(`${url}/quanku/admin/v1/session/link?code=${code}`, { redirect: "manual" });
  await close();
  const headers = { cookie: cookieIn(followed) };
  const set = await browse(server, "PUT", "/session/password", { headers, body: { new_password: password } });
  expect(set.status).toBe(200);
  await signIn(server, "demo");
});
