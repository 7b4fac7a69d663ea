import { adminRoot } from "@quanku/protocol/admin";
import { afterEach, describe, expect, it } from "vitest";
import { Passwords } from "../../src/service/access/passwords.ts";
import { makeOperator, password } from "../../testing/operators.ts";
import { startTestServer, type TestServer } from "../../testing/server.ts";

let server: TestServer;
let socket: Awaited<ReturnType<TestServer["listen"]>>;
async function start(options: Parameters<typeof startTestServer>[0]) {
  server = await startTestServer({ adapter: "memory", ...options });
  await makeOperator(server, "boss");
  socket = await server.listen();
}
afterEach(async () => {
  await socket.close();
  await server.close();
});

/** Tries to sign in over the socket, as if a proxy had written who it is for. */
const attempt = (forwarded: string, given = "wrong", name = "boss") =>
  fetch(`${socket.url}${adminRoot}/session`, {
    method: "POST",
    body: JSON.stringify({ name, password: given }),
    headers: { "content-type": "application/json", "x-forwarded-for": forwarded },
  });
const status = async (...tried: Parameters<typeof attempt>) => (await attempt(...tried)).status;

describe("guessing passwords over HTTP", () => {
  it("is throttled by the address that a trusted proxy wrote last, and nobody is locked out", async () => {
    await start({ trustedProxy: "127.0.0.1" });
    for (let i = 0; i < 10; i++) expect(await status(`198.51.100.${i}, 203.0.113.1`)).toBe(401);
    const late = await attempt("203.0.113.1", password);
    expect([late.status, late.headers.get("retry-after"), late.headers.get("set-cookie")]).toEqual([429, "60", null]);
    expect(await late.json()).toMatchObject({ code: "too_many_guesses", status: 429 });
    expect(await status("203.0.113.2", password)).toBe(200);
    server.clock.now += 60;
    expect(await status("203.0.113.1", password)).toBe(200);
  });

  it("is throttled by the socket's address where no proxy is trusted, whatever is forwarded", async () => {
    await start({ trustedProxy: "10.0.0.1" });
    for (let i = 0; i < 10; i++) expect(await status(`203.0.113.${i}`)).toBe(401);
    expect(await status("203.0.113.99", password)).toBe(429);
  });

  it("by one who is signed in counts too: a stolen session does not find out the password", async () => {
    await start({ trustedProxy: "127.0.0.1" });
    const cookie = (await attempt("203.0.113.1", password)).headers.get("set-cookie")?.split(";")[0] as string;
    const change = async () => {
      const response = await fetch(`${socket.url}${adminRoot}/session/password`, {
        method: "PUT",
        body: JSON.stringify({ password: "wrong", new_password: "another-password" }),
        headers: { cookie, origin: socket.url, "content-type": "application/json", "x-forwarded-for": "203.0.113.1" },
      });
      return response.status;
    };
    for (let i = 0; i < 10; i++) expect(await change()).toBe(400);
    expect(await change()).toBe(429);
  });

  it("beyond what can be computed soon is told to come again", async () => {
    const waiting: (() => void)[] = [];
    let isStuck = false;
    await start({
      passwords: new Passwords(async () => {
        if (isStuck) await new Promise<void>((resolve) => waiting.push(resolve));
        return Buffer.alloc(32, 1);
      }),
      trustedProxy: "127.0.0.1",
    });
    isStuck = true;
    const answers: Response[] = [];
    const all = Array.from({ length: 40 }, async (_, i) => answers.push(await attempt(`203.0.113.${i}`, password)));
    await expect.poll(() => answers.length).toBe(6);
    expect(answers.map((answer) => [answer.status, answer.headers.get("retry-after")])).toEqual(
      Array(6).fill([503, "1"]),
    );
    isStuck = false;
    for (const go of waiting) go();
    await Promise.all(all);
    expect(answers.slice(6).map((answer) => answer.status)).toEqual(Array(34).fill(200));
  });
});
