import { chownSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openPostgresStore } from "../../src/store/postgres/open.ts";
import { createAuthority } from "../../testing/certificate.ts";
import { query, startPostgres, type TestPostgres } from "../../testing/postgres.ts";
import { anApp, put } from "../../testing/records.ts";
import { patient } from "../../testing/stores.ts";
import { temporaryDirectory } from "../../testing/temporary-directory.ts";

const authority = createAuthority("Authority of the database");
const directory = temporaryDirectory();
let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
  const [{ data_directory: data }] = (await query(server.url, "SHOW data_directory")).rows;
  const { cert, key } = authority.issue("localhost");
  for (const [name, text] of Object.entries({ "server.crt": cert, "server.key": key })) {
    writeFileSync(join(data, name), text, { mode: 0o600 });
    const { uid, gid } = statSync(data);
    chownSync(join(data, name), uid, gid);
  }
  await query(server.url, "ALTER SYSTEM SET ssl = on");
  await query(server.url, "SELECT pg_reload_conf()");
  while ((await query(server.url, "SHOW ssl")).rows[0].ssl !== "on") await sleep(20);
});
afterAll(async () => {
  await server.remove();
  directory.remove();
});

/** The server's URL at a host name, with the certificate of an authority that is trusted. */
function urlAt(host: string, sslmode: string, { cert } = authority): string {
  const trusted = join(directory.path, `${Math.random()}.pem`);
  writeFileSync(trusted, cert);
  const url = new URL(server.url);
  url.hostname = host;
  url.search = new URLSearchParams({ sslmode, sslrootcert: trusted }).toString();
  return url.href;
}

it("is spoken to over TLS where the URL asks for it, on every connection", async () => {
  const store = await openPostgresStore({ url: urlAt("localhost", "verify-full"), ...patient });
  await put(store, { record: "app", value: anApp("a") });
  expect(await Promise.all(Array.from({ length: 4 }, () => store.app("a")))).toContainEqual(anApp("a"));
  const { rows } = await query(
    server.url,
    "SELECT DISTINCT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'quanku'",
  );
  expect(rows).toEqual([{ ssl: true }]);
  await store.close();
});

it.each([
  ["of an authority that is not trusted", () => urlAt("localhost", "verify-full", createAuthority("Somebody else"))],
  ["for another host", () => urlAt("127.0.0.1", "verify-full")],
])("is refused where its certificate is %s", async (_, url) => {
  await expect(openPostgresStore({ url: url(), ...patient })).rejects.toThrow(/^the database cannot be opened: .*cert/);
});
