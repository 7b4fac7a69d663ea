import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { connect } from "node:net";
import { join } from "node:path";
import { adminRoot } from "@quanku/protocol/admin";
import { callPath } from "@quanku/protocol/calls";
import { expect, it } from "vitest";
import { demoApp } from "../../src/cli/demo.ts";
import { createAuthority } from "../../testing/certificate.ts";
import { clientOf } from "../../testing/tls-client.ts";
import { directory, quanku, quankuIn, refusesConnections, startServer } from "./server-process.ts";

const host = "api.weixin.qq.com";
const body = '{"page_size":1}';

it("serve --tls-dev is the platform's host to a client that trusts its authority, and stops as it does without TLS", async () => {
  const dataDir = directory();
  const server = await startServer(dataDir, "--tls-dev", "--demo");
  const authority = join(dataDir, "tls/authority.pem");
  const ca = readFileSync(authority, "utf8");
  const port = Number(new URL(server.url).port);
  expect(server.url).toBe(`https://127.0.0.1:${port}`);
  expect(server.written.stdout).toContain(`let your program trust ${authority}, which is new`);
  expect(server.written.stdout).toContain(`curl --cacert '${authority}' -s "${server.url}/shop/coupon/get_list`);

  const client = clientOf(port, { host, ca });
  const { appid, secret } = demoApp;
  const got = await client.fetch(`/cgi-bin/token?grant_type=client_credential&appid=${appid}&secret=${secret}`);
  const { access_token: token } = (await got.json()) as { access_token: string };
  const list = await client.fetch(`${callPath("get_list")}?access_token=${token}`, { method: "POST", body });
  expect(await list.json()).toMatchObject({ errcode: 0, total_num: 10 });

  const [link = ""] = /https:\S+link\?code=\S+/.exec(server.written.stdout) ?? [];
  const browser = clientOf(port, { host: "127.0.0.1", ca });
  const { pathname, search } = new URL(link);
  const signedIn = await browser.fetch(pathname + search, { redirect: "manual" });
  const cookie = signedIn.headers.get("set-cookie") ?? "";
  expect(cookie).toMatch(/; HttpOnly; SameSite=Strict; Secure$/);
  const signOut = (origin: string) =>
    browser.fetch(`${adminRoot}/session`, {
      method: "DELETE",
      headers: { cookie: cookie.split(";", 1)[0] ?? "", origin },
    });
  expect((await signOut(server.url.replace("https", "http"))).status).toBe(403);
  expect((await signOut(server.url)).status).toBe(200);

  const silent = connect(port, "127.0.0.1");
  await once(silent, "connect");
  const closed = once(silent.resume(), "close");
  const call = request(`${server.url}${callPath("get_list")}?access_token=${token}`, {
    method: "POST",
    ca,
    headers: { "content-length": body.length, expect: "100-continue" },
  });
  call.write(body.slice(0, 5));
  await once(call, "continue");
  server.signal("SIGTERM");
  await refusesConnections(server.url);
  await closed;
  const answered = once(call, "response");
  call.end(body.slice(5));
  const [response] = await answered;
  expect(JSON.parse(Buffer.concat(await response.toArray()).toString())).toMatchObject({ errcode: 0 });
  const { code, stdout, stderr } = await server.exited;
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const [, inKey = ""] = readFileSync(join(dataDir, "tls/issuer.key"), "utf8").split("\n");
  expect(stdout).not.toContain(inKey);
  await Promise.all([client.close(), browser.close()]);

  const again = await startServer(dataDir, "--tls-dev", "--demo");
  expect(again.written.stdout).not.toContain("which is new");
  const later = clientOf(Number(new URL(again.url).port), { host, ca });
  expect((await later.fetch("/healthz")).status).toBe(200);
  await later.close();
  expect((await again.stop()).code).toBe(0);

  const recipe = await quanku("tls", "recipe", "--data-dir", dataDir);
  expect(recipe.stdout).toContain(`NODE_EXTRA_CA_CERTS=${authority} node`);
  expect(await quanku("tls", "recipe", "--data-dir", directory())).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("start quanku serve --tls-dev there once"),
  });
});

it("serve takes a certificate and its key from files that the environment may name, and makes nothing where they are wrong", async () => {
  const dataDir = directory();
  const authority = createAuthority("Authority");
  const [cert, key] = [join(dataDir, "cert.pem"), join(dataDir, "key.pem")];
  const pair = authority.issue("coupons.example.com");
  writeFileSync(cert, pair.cert);
  writeFileSync(key, authority.issue("coupons.example.com").key);
  const at = ["--port", "0", "--data-dir", join(dataDir, "data")];
  const refused = await quankuIn({ env: { QUANKU_TLS_CERT: cert, QUANKU_TLS_KEY: key } }, "serve", ...at);
  expect(refused).toMatchObject({ code: 1, stdout: "" });
  expect(refused.stderr).toBe(
    `quanku: --tls-cert ${cert} and --tls-key ${key}: the key does not belong to the certificate: the server's own certificate comes first in its file, before those that issued it\n`,
  );
  expect((await quanku("app", "list", "--data-dir", join(dataDir, "data"))).stderr).toContain("there is no data");

  writeFileSync(key, pair.key);
  const server = await startServer(join(dataDir, "data"), "--tls-cert", cert, "--tls-key", key);
  const client = clientOf(Number(new URL(server.url).port), { host: "coupons.example.com", ca: authority.cert });
  expect((await client.fetch("/healthz")).status).toBe(200);
  await client.close();
  expect(await server.stop()).toMatchObject({ code: 0, stderr: "" });
});
