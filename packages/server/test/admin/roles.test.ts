import { type RouteName, routeNames, routeOf } from "@quanku/protocol/admin";
import { afterEach, describe, expect, it } from "vitest";
import { adminHandlers } from "../../src/http/admin/handlers.ts";
import { accepted, browse, makeOperator, signIn } from "../../testing/operators.ts";
import { startTestServer, type TestServer } from "../../testing/server.ts";
import { adapters } from "../../testing/stores.ts";

/** Who asks, and how far their role reaches. */
const rank = { viewer: 1, manager: 2, owner: 3 };
type Asker = { name: string; role: keyof typeof rank | null; headers: Record<string, string> };

const targets = { own: "wx-own", foreign: "wx-foreign", unknown: "wx-unknown" } as const;
type Target = keyof typeof targets;

/** What becomes of a call before its handler is asked. */
type Verdict = "in" | "401 sign_in" | "403 not_allowed" | "404 unknown_app";

/** What should: written down anew, from what roles mean. */
function expected(name: RouteName, role: Asker["role"], target: Target): Verdict {
  const { role: least, path } = routeOf(name);
  if (least === "anyone") return "in";
  if (role === null) return "401 sign_in";
  const isOfApp = path.startsWith("/apps/{appid}");
  if (isOfApp && target !== "own" && role !== "owner") return "404 unknown_app";
  if (rank[role] < rank[least]) return "403 not_allowed";
  return isOfApp && target === "unknown" ? "404 unknown_app" : "in";
}

const theirs = { ...adminHandlers };
afterEach(() => {
  for (const name of routeNames) delete adminHandlers[name];
  Object.assign(adminHandlers, theirs);
});

/** Has every call do nothing. */
function standIn(): void {
  for (const name of routeNames) Object.assign(adminHandlers, { [name]: async () => ({ json: '"in"' }) });
}

/** Everybody who can ask: nobody, each role in a session and with a token of its own, and an owner's lesser tokens. */
async function askers(server: TestServer): Promise<Asker[]> {
  const all: Asker[] = [
    { name: "nobody", role: null, headers: {} },
    { name: "a made-up token", role: null, headers: { authorization: `Bearer ${"x".repeat(43)}` } },
  ];
  for (const role of ["viewer", "manager", "owner"] as const) {
    const apps = role === "owner" ? [] : [targets.own];
    await makeOperator(server, role, role, apps);
    all.push({ name: `session of a ${role}`, role, headers: { cookie: await signIn(server, role) } });
    const made = [role, ...(role === "owner" ? (["viewer", "manager"] as const) : [])];
    for (const tokenRole of made) {
      const token = { name: tokenRole, role: tokenRole, apps: tokenRole === "owner" ? [] : [targets.own], life: 60 };
      const { token: text } = accepted(await server.operators.createToken(role, token));
      all.push({
        name: `a ${role}'s token for a ${tokenRole}`,
        role: tokenRole,
        headers: { authorization: `Bearer ${text}` },
      });
    }
  }
  return all;
}

/** What becomes of a call with nothing in its body: what is wrong with that is told to who was let in. */
async function verdict(server: TestServer, name: RouteName, { headers }: Asker, target: Target): Promise<string> {
  const { method, path, upload } = routeOf(name);
  const full = path.replace("{appid}", targets[target]).replaceAll(/\{\w+\}/g, "some");
  const type = upload === undefined ? {} : { "content-type": upload };
  const response = await browse(server, method, full, { headers: { ...type, ...headers } });
  if (response.ok || response.status === 400) return "in";
  return `${response.status} ${((await response.json()) as { code: string }).code}`;
}

describe("every call, for everybody, of every app", () => {
  it.each(adapters)("lets in whom it should and nobody else on %s", async (adapter) => {
    const server = await startTestServer({ adapter });
    await server.createApp(targets.own);
    await server.createApp(targets.foreign);
    const wrong: string[] = [];
    let asked = 0;
    const everybody = await askers(server);
    standIn();
    for (const asker of everybody)
      for (const name of routeNames)
        for (const target of Object.keys(targets) as Target[]) {
          if (target !== "own" && !routeOf(name).path.includes("{appid}")) continue;
          const [is, shouldBe] = [await verdict(server, name, asker, target), expected(name, asker.role, target)];
          if (is !== shouldBe) wrong.push(`${asker.name}: ${name} of ${target}: ${is}, and not ${shouldBe}`);
          asked++;
        }
    await server.close();
    expect(wrong).toEqual([]);
    expect(asked).toBeGreaterThan(1000);
  });

  it("takes a manager to change anything of an app", () => {
    const changed = routeNames.filter(
      (name) => routeOf(name).method !== "GET" && routeOf(name).path.includes("{appid}"),
    );
    expect(changed.filter((name) => routeOf(name).role === "viewer").toSorted()).toEqual([
      "previewCoupon",
      "startVerify",
    ]);
    expect(changed.filter((name) => routeOf(name).role === "owner").toSorted()).toEqual(["deleteApp", "rotateSecret"]);
    expect(routeNames.filter((name) => routeOf(name).role === "anyone")).toEqual(["signIn", "signInByLink"]);
  });
});
