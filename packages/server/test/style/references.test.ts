import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commentsOf, type Reference, Repository, withoutFences } from "./references.ts";
import { filesOfRepository, root } from "./sources.ts";

const read = (path: string) => readFileSync(join(root, path), "utf8");
const files = filesOfRepository();
const repository = new Repository(files, read);

const told = (path: string, references: Reference[]) => references.map(({ line, name }) => `${path}:${line}: ${name}`);

describe("what is named is there", () => {
  it("in comments: files, folders, decisions (ADR 8) and sections (protocol.md section 3)", () => {
    const missing = files
      .filter((path) => /^packages\/.*\.(tsx?|js)$/.test(path))
      .flatMap((path) =>
        commentsOf(read(path)).flatMap((comment) => told(path, repository.missingFrom(path, comment))),
      );
    expect(missing, "say what it is called now").toEqual([]);
  });

  it("in pages: links, their anchors, and the same as in comments", () => {
    const missing = files
      .filter((path) => path.endsWith(".md"))
      .flatMap((path) => {
        const text = withoutFences(read(path));
        return told(path, [
          ...repository.deadLinks(path, text),
          ...(path.startsWith("docs/reference/") ? [] : repository.missingFrom(path, { line: 1, text })),
        ]);
      });
    expect(missing, "say what it is called now").toEqual([]);
  });
});

describe("a name that is not there is told, with its line", () => {
  const small = new Repository(
    ["docs/protocol.md", "docs/adr/0008-claims.md", "packages/server/src/http/app.ts", "README.md"],
    (path) => (path === "docs/protocol.md" ? "# The wire\n\n## 1. Envelope\n\n## 2. Tokens & more\n" : ""),
  );
  const app = "packages/server/src/http/app.ts";
  const missing = (source: string) =>
    commentsOf(source).flatMap((comment) => told(app, small.missingFrom(app, comment)));

  it("in a comment", () => {
    expect(missing("/** See `app.ts`, http/app.ts, docs/adr/0008, ADR 8, src/http and Node.js. */")).toEqual([]);
    expect(missing("// (protocol.md section 1), docs/protocol.md sections 1 and 2\nconst a = 1; // ADR 8")).toEqual([]);
    expect(missing("const a = 1;\n/** See `gone.ts`. */")).toEqual([`${app}:2: gone.ts`]);
    expect(missing("/**\n * One.\n * See docs/adr/0009 and ADR 7.\n */")).toEqual([
      `${app}:3: docs/adr/0009`,
      `${app}:3: ADR 7`,
    ]);
    expect(missing("const a = 1; // as src/gone says")).toEqual([`${app}:1: src/gone`]);
    expect(missing("/** By protocol.md\n * section 3. */")).toEqual([`${app}:1: protocol.md section 3`]);
    expect(missing("/** By design.md section 1. */")).toEqual([`${app}:1: design.md`, `${app}:1: design.md section 1`]);
    expect(missing('const name = "gone.ts";')).toEqual([]);
  });

  it("in a link", () => {
    const dead = (text: string) => told("README.md", small.deadLinks("README.md", text));
    expect(dead("[a](docs/protocol.md) [b](docs/protocol.md#2-tokens--more) [c](https://x.example/gone.md)")).toEqual(
      [],
    );
    expect(dead("\n[a](docs/gone.md)")).toEqual(["README.md:2: docs/gone.md"]);
    expect(dead("[a](docs/protocol.md#gone) [b](#gone)")).toEqual([
      "README.md:1: docs/protocol.md#gone",
      "README.md:1: #gone",
    ]);
  });
});
