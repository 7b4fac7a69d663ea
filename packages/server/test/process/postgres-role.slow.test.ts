import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, expect, it } from "vitest";
import { connect } from "../../testing/client.ts";
import { addActive, coupon } from "../../testing/coupons.ts";
import { query } from "../../testing/postgres.ts";
import { createApp, patiently, quanku, startServer } from "./server-process.ts";

const superuser = process.env.QUANKU_TEST_DATABASE_URL as string;
const name = `quanku_role_${randomBytes(6).toString("hex")}`;
const stranger = `${name}_stranger`;

/** The URL of a database as a role sees it. */
function urlOf(role: string, database: string): string {
  const url = new URL(superuser);
  [url.username, url.password, url.pathname] = [role, "change-me", database];
  return url.href;
}

afterAll(async () => {
  await query(superuser, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  for (const role of [name, stranger]) await query(superuser, `DROP ROLE IF EXISTS ${role}`);
});

it("the role of docs/running.md migrates, serves and verifies its database, and can do nothing else", async () => {
  const page = readFileSync(new URL("../../../../docs/running.md", import.meta.url), "utf8");
  const [, sql = ""] = /```sql\n([\s\S]*?)```/.exec(page) ?? [];
  const [before = "", after = ""] = sql.replaceAll(/\bquanku\b/g, name).split(`\\connect ${name}\n`);
  for (const statement of before.split(";\n").filter(Boolean)) await query(superuser, statement);
  const own = new URL(superuser);
  own.pathname = name;
  await query(own.href, after);

  const url = urlOf(name, name);
  const app = await createApp(url, "wx-least");
  const server = await startServer(url, ...patiently);
  const client = connect(server.url, app);
  await addActive(client, coupon("c", { total_num: 10 }));
  await client.must("claim", { openid: "o", out_coupon_id: "c", request_id: "r" });
  expect((await server.fetch("/readyz")).status).toBe(200);
  const verified = await quanku("verify", "--database-url", url);
  expect(verified, verified.stdout).toMatchObject({ code: 0, stderr: "" });
  expect((await quanku("export", "--appid", app.appid, "--database-url", url)).code).toBe(0);
  const deleted = await quanku("app", "delete", app.appid, "--confirm", app.appid, "--database-url", url);
  expect(deleted).toMatchObject({ code: 0, stderr: "" });
  expect(await server.stop()).toMatchObject({ code: 0, stderr: "" });

  const refused = async (statement: string) =>
    query(url, statement).then(
      () => `${statement} was done`,
      ({ code }) => `${statement} ${code}`,
    );
  for (const statement of [
    `CREATE DATABASE ${name}_more`,
    `CREATE ROLE ${name}_more`,
    `ALTER ROLE ${name} SUPERUSER`,
    "CREATE SCHEMA more",
    "CREATE EXTENSION pgcrypto",
    "CREATE TEMPORARY TABLE more (one int)",
    "SELECT pg_read_file('/etc/hostname')",
    "COPY (SELECT 1) TO PROGRAM 'true'",
    "SELECT rolpassword FROM pg_authid",
  ])
    expect(await refused(statement)).toBe(`${statement} 42501`);

  await query(superuser, `CREATE ROLE ${stranger} LOGIN PASSWORD 'change-me'`);
  await expect(query(urlOf(stranger, name), "SELECT 1")).rejects.toMatchObject({ code: "42501" });
});
