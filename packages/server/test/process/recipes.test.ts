import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createAuthority } from "../../testing/certificate.ts";
import { filesOfRepository, root } from "../style/sources.ts";

const read = (path: string) => readFileSync(join(root, path), "utf8");
const dockerfile = read("Dockerfile");
const instructions = (name: string) =>
  [...dockerfile.matchAll(new RegExp(`^(?:${name}) (.+)$`, "gm"))].map(([, text]) => text as string);
const unit = read("examples/systemd/quanku.service");
const help = read("packages/server/src/cli/main.ts");

it("the Dockerfile copies what is there, all that the installation and the server need of it", () => {
  const copied = instructions("COPY")
    .filter((text) => !text.startsWith("--from"))
    .flatMap((text) => text.split(" ").slice(0, -1));
  expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  const manifests = readdirSync(join(root, "packages")).map((name) => `packages/${name}/package.json`);
  expect(copied).toEqual(expect.arrayContaining(["package.json", "package-lock.json", ...manifests]));
  const within = (path: string) => copied.some((each) => path === each || path.startsWith(`${each}/`));
  const needed = filesOfRepository().filter((path) => /^(packages\/(server|protocol)\/(src|bin)|docs)\//.test(path));
  expect(needed.filter((path) => !within(path))).toEqual([]);
  const kept = read(".dockerignore")
    .split("\n")
    .filter((line) => line.startsWith("!"));
  const top = new Set(copied.map((path) => `!${path.split("/", 1)[0]}`));
  expect([...top].filter((line) => !kept.includes(line))).toEqual([]);
});

it("the Dockerfile and the unit name programs and options that are there", () => {
  const inApp = dockerfile.match(/(?<=\/app\/)[\w./@-]+\.js/g) ?? [];
  const inOpt = unit.match(/(?<=\/opt\/quanku\/)\S+/g) ?? [];
  expect([inApp.length, inOpt.length]).toEqual([1, 3]);
  for (const path of [...inApp, ...inOpt]) expect(existsSync(join(root, path)), path).toBe(true);
  const command = [...instructions("CMD"), ...(unit.match(/^ExecStart=.*$/gm) ?? [])].join(" ");
  for (const option of command.match(/--[a-z-]+/g) ?? []) expect(help).toContain(`"${option} <`);
  for (const text of instructions("ENTRYPOINT|CMD")) expect(JSON.parse(text)).toBeInstanceOf(Array);
});

it("the container's health check tells a server that answers, over TLS too, from none and from one that fails", async () => {
  const [, words = ""] = /^HEALTHCHECK .*?CMD (.+)$/m.exec(dockerfile) ?? [];
  const [program, ...args] = JSON.parse(words) as string[];
  expect(program).toBe("node");
  const codeAt = async (port: number, env: Record<string, string> = {}) =>
    (await once(spawn(process.execPath, args, { env: { PORT: String(port), ...env }, stdio: "ignore" }), "close"))[0];
  const listen = async (server: Server) => {
    await once(server.listen(0, "127.0.0.1"), "listening");
    return (server.address() as AddressInfo).port;
  };
  const answer: Parameters<typeof createServer>[1] = ({ url }, response) => {
    response.writeHead(url === "/healthz" ? 200 : 404).end();
  };
  const good = createServer(answer);
  const secure = createTlsServer(createAuthority("A").issue("coupons.example.com"), answer) as unknown as Server;
  const failing = createServer((_, response) => void response.writeHead(503).end());
  const ports = [await listen(good), await listen(secure), await listen(failing)] as [number, number, number];
  const codes = await Promise.all([
    codeAt(ports[0]),
    codeAt(ports[1], { QUANKU_TLS_CERT: "cert.pem" }),
    codeAt(ports[2]),
    codeAt(ports[1]),
  ]);
  for (const server of [good, secure, failing]) server.close();
  expect([...codes, await codeAt(ports[0])]).toEqual([0, 0, 1, 1, 1]);
});
