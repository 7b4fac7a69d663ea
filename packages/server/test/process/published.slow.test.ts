import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { build } from "../../../../scripts/build.ts";
import { demoApp } from "../../src/cli/demo.ts";
import { temporaryDirectory } from "../../testing/temporary-directory.ts";

const repository = fileURLToPath(new URL("../../../../", import.meta.url));
const installed = join(repository, "node_modules");

type Manifest = { name: string; exports?: Record<string, unknown>; dependencies?: Record<string, string> };

/**
 * What is published, as somebody has it who installs it. Our packages are unpacked from what `npm pack` makes; what they
 * depend on is linked from the repository's `node_modules`, since npm would have to ask a registry for it.
 */
describe("what is published", () => {
  const place = temporaryDirectory();
  const home = join(place.path, "home");
  let built: Record<string, string>;
  const tarballs = new Map<string, string>();
  const children: ChildProcess[] = [];

  const manifestOf = (name: string): Manifest =>
    JSON.parse(readFileSync(join(built[name] as string, "package.json"), "utf8"));
  const filesOf = (name: string) =>
    readdirSync(built[name] as string, { recursive: true, withFileTypes: true, encoding: "utf8" })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  const doorsOf = (name: string) =>
    Object.keys(manifestOf(name).exports ?? {})
      .filter((door) => door !== "./package.json")
      .map((door) => join(name, door));
  const run = (command: string, ...args: string[]) =>
    execFileSync(command, args, { cwd: home, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  const tool = (name: string) => join(installed, ".bin", name);

  /** What a package has for itself, since another version of it is everybody's. */
  function linkOwn(name: string, folder: string): void {
    const own = join(repository, "packages", basename(folder), "node_modules");
    if (!existsSync(own)) return;
    const target = join(home, "node_modules", name, "node_modules");
    mkdirSync(target, { recursive: true });
    for (const one of readdirSync(own).filter((entry) => !entry.startsWith(".")))
      symlinkSync(join(own, one), join(target, one));
  }

  beforeAll(() => {
    built = build(join(place.path, "dist"));
    mkdirSync(join(home, "node_modules/@quanku"), { recursive: true });
    for (const name of readdirSync(installed))
      if (!name.startsWith(".") && !["@quanku", "quanku"].includes(name))
        symlinkSync(join(installed, name), join(home, "node_modules", name));
    writeFileSync(join(home, "package.json"), '{"private":true,"type":"module"}');
    for (const [name, folder] of Object.entries(built)) {
      linkOwn(name, folder);
      const [packed] = JSON.parse(run("npm", "pack", folder, "--json", "--pack-destination", place.path));
      tarballs.set(name, join(place.path, packed.filename));
      mkdirSync(join(home, "node_modules", name), { recursive: true });
      run(
        "tar",
        "-xzf",
        join(place.path, packed.filename),
        "--strip-components=1",
        "-C",
        join(home, "node_modules", name),
      );
    }
  });
  afterAll(() => {
    for (const child of children) child.kill("SIGKILL");
    place.remove();
  });

  it("is at least the protocol and the server", () => {
    expect(Object.keys(built)).toEqual(expect.arrayContaining(["@quanku/protocol", "quanku"]));
  });

  it("holds JavaScript, declarations and what they read, and no TypeScript of the repository", () => {
    for (const name of Object.keys(built)) {
      const listed = run("tar", "-tzf", tarballs.get(name) as string)
        .trim()
        .split("\n");
      expect(listed).toEqual(expect.arrayContaining(["package/package.json", "package/README.md", "package/LICENSE"]));
      const strange = listed.filter(
        (path) => !/^package\/(package\.json|README\.md|LICENSE|(src|bin)\/.+)$/.test(path),
      );
      expect(strange).toEqual([]);
      expect(listed.filter((path) => /(?<!\.d)\.tsx?$/.test(path))).toEqual([]);
      const naming = filesOf(name).filter(
        (path) => /\.(js|d\.ts)$/.test(path) && /["'`]\.{1,2}\/[^"'`\n]+\.ts["'`]/.test(readFileSync(path, "utf8")),
      );
      expect(naming, "they name a file that is not there").toEqual([]);
    }
    const read = ["src/cli/demo-shop.jsonl", "src/store/sqlite/checkpoint-thread.js", "bin/quanku.js"];
    expect(filesOf("quanku")).toEqual(expect.arrayContaining(read.map((file) => join(built.quanku as string, file))));
  });

  it("declares what it imports", () => {
    for (const name of Object.keys(built)) {
      const { dependencies = {} } = manifestOf(name);
      const imported = filesOf(name)
        // What browsers are sent was bundled, and holds programs as texts.
        .filter((path) => /\.(js|d\.ts)$/.test(path) && !path.includes("/console/built/"))
        .flatMap((path) => [...readFileSync(path, "utf8").matchAll(/\b(?:from|import\()\s*"([@\w][\w@./:-]*)"/g)])
        .map(([, specifier = ""]) => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] as string)
        .filter((one) => !one.startsWith("node:"));
      const typed = imported.map((one) => (dependencies[`@types/${one}`] ? `@types/${one}` : one));
      expect(
        typed.filter((one) => !(one in dependencies) && one !== name),
        name,
      ).toEqual([]);
    }
  });

  it("is imported from plain JavaScript by each of its doors", () => {
    const doors = Object.keys(built).flatMap(doorsOf);
    expect(doors).toEqual(
      expect.arrayContaining(["@quanku/protocol/calls", "@quanku/protocol/codes", "@quanku/protocol/callback"]),
    );
    writeFileSync(
      join(home, "doors.js"),
      `for (const door of ${JSON.stringify(doors)}) console.log(door, Object.keys(await import(door)).length > 0);`,
    );
    expect(run(process.execPath, "doors.js").trim().split("\n")).toEqual(doors.map((door) => `${door} true`));
  });

  it("has types that hold a caller to them", () => {
    const bad = 'const bad: CallBody<"get_list"> = { page_size: new Date() };';
    const text = [
      'import { type CallBody, type CallReply, callPath } from "@quanku/protocol/calls";',
      'import { codes, type Errcode } from "@quanku/protocol/codes";',
      'import "@quanku/protocol/callback";',
      'export const body: CallBody<"get_list"> = { page_size: 10 };',
      'export const count = (reply: CallReply<"get_list">): number => reply.total_num;',
      'export const told = (code: Errcode): string => callPath("get") + codes[code].text;',
      `// @ts-expect-error A date is no number.\nexport ${bad}`,
    ].join("\n");
    writeFileSync(join(home, "caller.ts"), text);
    const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2024", "--types", "node"];
    expect(run(tool("tsc"), ...options, "caller.ts")).toBe("");
    writeFileSync(join(home, "caller.ts"), text.replace("// @ts-expect-error", "//"));
    const refused = spawnSync(tool("tsc"), [...options, "caller.ts"], { cwd: home, encoding: "utf8" });
    expect(refused.stdout).toMatch(/caller\.ts.*'Date' is not assignable to type 'Numeric'/);
  });

  it("is found in order by publint and by Are The Types Wrong", () => {
    for (const [name, folder] of Object.entries(built)) {
      run(tool("publint"), "run", folder, "--strict", "--pack", "npm");
      if (doorsOf(name).length > 0) run(tool("attw"), tarballs.get(name) as string, "--profile", "esm-only");
    }
  });

  it("runs: quanku --help, and a server with the demo shop that answers get_list", async () => {
    const { quanku } = JSON.parse(readFileSync(join(home, "node_modules/quanku/package.json"), "utf8")).bin;
    mkdirSync(join(home, "node_modules/.bin"));
    symlinkSync(join("../quanku", quanku), join(home, "node_modules/.bin/quanku"));
    expect(run("npx", "--no-install", "quanku", "--help")).toContain("Usage: quanku");

    const child = spawn(
      process.execPath,
      ["node_modules/.bin/quanku", "serve", "--demo", "--port", "0", "--data-dir", "data"],
      {
        cwd: home,
        env: { PATH: process.env.PATH },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    children.push(child);
    const address = await new Promise<string>((found, failed) => {
      let text = "";
      const read = (data: Buffer) => {
        text += data;
        const [at] = /http:\/\/127\.0\.0\.1:\d+/.exec(text) ?? [];
        if (at) found(at);
      };
      child.stdout.on("data", read);
      child.stderr.on("data", read);
      child.once("close", (code) => failed(new Error(`ended with ${code}: ${text}`)));
    });
    const ask = async (path: string, body?: object) => {
      const sent = body ? { method: "POST", body: JSON.stringify(body) } : {};
      return (await (await fetch(`${address}${path}`, sent)).json()) as Record<string, unknown>;
    };
    const query = new URLSearchParams({ grant_type: "client_credential", ...demoApp });
    const { access_token } = await ask(`/cgi-bin/token?${query}`);
    expect(await ask(`/shop/coupon/get_list?access_token=${access_token}`, { page_size: 1 })).toMatchObject({
      errcode: 0,
      total_num: 10,
    });
    for (const page of ["zh/", "en/codes/45009", "zh/calls/get_list", "en/scale-out"]) {
      const served = await fetch(`${address}/docs/${page}`);
      expect([page, served.status, (await served.text()).includes("<h1 id=")]).toEqual([page, 200, true]);
    }
  });
});
