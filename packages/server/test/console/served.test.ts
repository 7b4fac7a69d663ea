import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";
import { Hono } from "hono";
import { afterAll, describe, expect, it } from "vitest";
import { mountConsole } from "../../src/http/console/router.ts";
import { startTestServer } from "../../testing/server.ts";
import { temporaryDirectory } from "../../testing/temporary-directory.ts";

const directory = temporaryDirectory();
afterAll(() => directory.remove());
mkdirSync(join(directory.path, "assets"));
const script = "console.log('券库')";
writeFileSync(join(directory.path, "assets/index-1a2b.js"), script);
writeFileSync(
  join(directory.path, "index.html"),
  '<meta property="csp-nonce" nonce="%NONCE%"><script src="…"></script>',
);

const app = new Hono();
mountConsole(app, [pathToFileURL("/nowhere/"), pathToFileURL(`${directory.path}/`)]);
const get = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  app.request(path, { method, headers });

describe("the console that a server serves", () => {
  it("begins at every address below it with one page, which nobody keeps", async () => {
    for (const path of ["/console/", "/console/wx1/coupons/a%2Fb?tab=history", "/console/~/access"]) {
      const response = await get(path);
      expect([response.status, response.headers.get("cache-control")]).toEqual([200, "no-store"]);
    }
  });

  it("is where the server's own address leads", async () => {
    for (const path of ["/", "/console"]) expect((await get(path)).headers.get("location")).toBe("/console/");
  });

  it("may run its own scripts alone, and styles that carry the nonce of this very reply", async () => {
    const nonces = new Set<string>();
    for (let nth = 0; nth < 2; nth++) {
      const response = await get("/console/");
      const policy = response.headers.get("content-security-policy") ?? "";
      expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self' 'nonce-");
      expect(policy).not.toMatch(/https?:|\*|unsafe-eval|script-src[^;]*unsafe/);
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
      expect(await response.text()).toContain(`nonce="${nonce}"`);
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(2);
  });

  it("has files whose names change with what is in them: they are kept for good, and sent compressed", async () => {
    const response = await get("/console/assets/index-1a2b.js", { "accept-encoding": "gzip" });
    expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(response.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    expect(gunzipSync(Buffer.from(await response.arrayBuffer())).toString()).toBe(script);
    const again = await get("/console/assets/index-1a2b.js", { "if-none-match": response.headers.get("etag") ?? "" });
    expect(again.status).toBe(304);
  });

  it("has no file that was not built, and takes no other method", async () => {
    for (const path of ["/console/assets/other.js", "/console/assets/..%2findex.html"])
      expect((await get(path)).status).not.toBe(200);
    expect((await get("/console/", {}, "POST")).status).toBe(405);
  });

  it("says how to get it where it is not built, also at the server's own address", async () => {
    const without = new Hono();
    mountConsole(without, [pathToFileURL("/nowhere/")]);
    for (const path of ["/", "/console/wx1"]) {
      const response = await without.request(path);
      expect(response.status).toBe(503);
      expect(await response.text()).toContain("npm ci");
    }
  });

  it("takes no path from the platform: what nobody serves is still told in the wire's words", async () => {
    const server = await startTestServer({ adapter: "memory" });
    const reply = await server.json(await server.fetch("/consoles"));
    expect(reply.errcode).toBe(40066);
    await server.close();
  });
});
