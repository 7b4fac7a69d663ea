import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { doorsOf, filesOfRepository, root, sourcesIn } from "./sources.ts";

const LINE_LIMIT = 400;
const entries = [
  ...doorsOf("packages/protocol"),
  ...doorsOf("packages/sdk"),
  "packages/console/src/main.tsx",
  "packages/server/src/cli/main.ts",
  "packages/server/src/cli/verify-program.ts",
  "packages/server/src/store/memory/open.ts",
  "packages/server/src/store/sqlite/checkpoint-thread.ts",
  "packages/server/src/store/sqlite/seen-thread.ts",
  "packages/server/src/store/sqlite/writer-thread.ts",
];

describe("files", () => {
  it(`have at most ${LINE_LIMIT} lines`, () => {
    const long = sourcesIn("packages").filter(({ lines }) => lines > LINE_LIMIT);
    expect(
      long.map(({ path, lines }) => `${path}: ${lines} lines`),
      "a longer file holds two ideas: split it",
    ).toEqual([]);
  });

  it("are all reached from an entry", () => {
    const sources = new Map(
      ["packages/protocol/src", "packages/sdk/src", "packages/console/src", "packages/server/src"]
        .flatMap(sourcesIn)
        .map((source) => [source.path, source]),
    );
    const reached = new Set<string>();
    const visit = (path: string) => {
      if (reached.has(path)) return;
      reached.add(path);
      for (const { target } of sources.get(path)?.imports ?? []) if (target) visit(target);
    };
    for (const entry of entries) visit(entry);
    const dead = [...sources.keys()].filter((path) => !reached.has(path));
    expect(dead, "nothing runs these: delete them").toEqual([]);
  });

  it("hold no unfinished business, skipped tests, or download addresses", () => {
    const unwanted = /\b(TODO|FIXME|XXX|HACK)\b|\b(it|test|describe)\.(only|skip|todo)\(|"resolved": *"https?:/;
    const faults = filesOfRepository()
      .filter((path) => /\.(ts|md|json|yml)$/.test(path) && !path.endsWith("style/files.test.ts"))
      .filter((path) => unwanted.test(readFileSync(join(root, path), "utf8")));
    expect(faults).toEqual([]);
  });

  it("of the adapters have equal names", () => {
    const names = (adapter: string) =>
      sourcesIn(`packages/server/src/store/${adapter}`).map(({ path }) => path.split("/").at(-1));
    const contained = [
      ["memory", "sqlite"],
      ["memory", "postgres"],
    ] as const;
    for (const [smaller, larger] of contained)
      for (const name of names(smaller))
        expect(names(larger), "what every adapter has is found under one name in each").toContain(name);
  });
});
