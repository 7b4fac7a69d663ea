import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openAuthority } from "../../src/cli/tls/authority-files.ts";
import { issue } from "../../src/cli/tls/certificates.ts";
import { developmentNames, developmentTls } from "../../src/cli/tls/development.ts";
import { tlsOf } from "../../src/cli/tls/tls.ts";
import { createAuthority } from "../../testing/certificate.ts";
import { clientOf, look } from "../../testing/tls-client.ts";
import { directory, listen } from "./support.ts";

const DAY = 86_400_000;
const [HOST] = developmentNames;
const now = () => Date.now();
const rootIn = (dataDir: string) => readFileSync(join(dataDir, "tls/authority.pem"), "utf8");
const dev = { host: "127.0.0.1", tlsDev: true } as const;

it("is trusted for its names by whoever trusts the authority, and by nobody else", async () => {
  const dataDir = directory();
  const tls = await tlsOf({ ...dev, dataDir });
  const { port } = await listen(tls as never);
  const ca = rootIn(dataDir);
  for (const host of [HOST, "localhost"]) {
    const { subjectaltname, valid_to } = await look(port, { host, ca });
    expect(subjectaltname).toBe(
      "DNS:api.weixin.qq.com, DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1",
    );
    expect(Date.parse(valid_to) - Date.now()).toBeLessThanOrEqual(30 * DAY);
  }
  for (const host of [HOST, "localhost", "127.0.0.1"]) {
    const client = clientOf(port, { host, ca });
    expect(await (await client.fetch("/")).text()).toBe("ok");
    await client.close();
  }
  await expect(look(port, { host: "mp.weixin.qq.com", ca })).rejects.toThrow("does not match certificate's altnames");
  await expect(look(port, { host: HOST, ca: createAuthority("Another").cert })).rejects.toThrow(
    /unable to|self-signed/,
  );
});

it("can sign for its names alone, whoever has its key", async () => {
  const { authority } = await openAuthority(directory(), developmentNames, now());
  for (const name of ["example.com", "mp.weixin.qq.com", "10.0.0.1", "::2"]) {
    const pair = await issue(authority, [name], { from: now(), to: now() + DAY });
    const { port } = await listen({ pair } as never);
    const asked = look(port, { host: "localhost", ca: authority.root });
    await expect(asked, name).rejects.toThrow("permitted subtree violation");
  }
});

it("keeps its authority over restarts, with a folder and a key for its user alone", async () => {
  const dataDir = directory();
  const made = await Promise.all([1, 2, 3].map(() => openAuthority(dataDir, developmentNames, now())));
  expect(new Set(made.map(({ authority }) => authority.root)).size, "three processes at once make one").toBe(1);
  expect(made.filter(({ isNew }) => isNew)).toHaveLength(1);
  expect(readdirSync(dataDir), "nothing is left half made").toEqual(["tls"]);
  const mode = (path: string) => statSync(join(dataDir, path)).mode & 0o777;
  expect([mode("tls"), mode("tls/issuer.key")]).toEqual([0o700, 0o600]);
  const files = readdirSync(join(dataDir, "tls")).map((file) => readFileSync(join(dataDir, "tls", file), "utf8"));
  expect(
    files.filter((text) => text.includes("PRIVATE KEY")),
    "the authority's own key is nowhere",
  ).toHaveLength(1);

  const [first, second] = [await developmentTls(dataDir, now), await developmentTls(dataDir, now)];
  expect(rootIn(dataDir)).toBe(made[0]?.authority.root);
  expect(first.pair.cert).not.toBe(second.pair.cert);
  expect(first.notes("https://127.0.0.1:8443").join("\n")).not.toContain("new");
});

it("makes its certificate anew ten days before the end, and never beyond the authority's", async () => {
  const dataDir = directory();
  const start = now();
  let time = start;
  const tls = await developmentTls(dataDir, () => time);
  const { port, renew } = await listen(tls);
  const first = await look(port, { host: HOST, ca: rootIn(dataDir) });
  time = start + 20 * DAY - 1;
  expect(await renew()).toBe(false);
  expect((await look(port, { host: HOST })).serialNumber).toBe(first.serialNumber);
  time = start + 20 * DAY;
  expect(await renew()).toBe(true);
  expect(await renew(), "once").toBe(false);
  // The new one is dated by the server's clock, which is ahead of the client's: so the client is not asked to believe it.
  expect((await look(port, { host: HOST })).serialNumber).not.toBe(first.serialNumber);

  time = start + 5 * 365 * DAY - DAY;
  await renew();
  expect(Date.parse((await look(port, { host: HOST })).valid_to)).toBeLessThanOrEqual(start + 5 * 365 * DAY);
  time += DAY;
  await expect(developmentTls(dataDir, () => time)).rejects.toThrow(/it ended on \d{4}-\d\d-\d\d; remove .*tls, and/);
});

it.each([
  ["a file is missing", "issuer.key", undefined, "issuer.key is missing"],
  ["the key is another's", "issuer.key", createAuthority("x").issue("x").key, "the key does not belong"],
  ["the key is damaged", "issuer.key", "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n", "damaged"],
  ["the authority is another", "authority.pem", createAuthority("x").cert, "issuer.pem is not signed by authority.pem"],
  ["the authority is no certificate", "authority.pem", "", "authority.pem is no certificate"],
])("says what to do where %s", async (_, file, content, words) => {
  const dataDir = directory();
  await openAuthority(dataDir, developmentNames, now());
  const path = join(dataDir, "tls", file);
  if (content === undefined) rmSync(path);
  else writeFileSync(path, content);
  const error: Error = await openAuthority(dataDir, developmentNames, now()).then(
    () => expect.unreachable(),
    (error) => error,
  );
  expect(error.message).toContain(words);
  expect(error.message).toContain(`remove ${join(dataDir, "tls")}, and`);
  expect(JSON.stringify([error.message, error.stack, error.cause])).not.toMatch(/PRIVATE KEY|c2VjcmV0/);
});

it.each([
  [{ host: "0.0.0.0" }, "leave out --host 0.0.0.0, or give a certificate"],
  [{ tlsCert: "cert.pem" }, "--tls-dev makes its own certificate: leave it out, or leave out --tls-cert"],
  [{ tlsKey: "key.pem" }, "--tls-dev makes its own certificate: leave it out, or leave out --tls-key"],
])("is refused with %j, and nothing is made", async (more, words) => {
  const dataDir = directory();
  await expect(tlsOf({ ...dev, dataDir, ...more })).rejects.toThrow(words);
  expect(readdirSync(dataDir)).toEqual([]);
});
