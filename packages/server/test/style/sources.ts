import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root. */
export const root = fileURLToPath(new URL("../../../..", import.meta.url));

export type Source = { path: string; text: string; lines: number; imports: Import[] };
/** One import: what is written, and the file it names where that is one of ours. Paths are relative to the root. */
export type Import = { specifier: string; target: string | undefined };

/** Every TypeScript file below a folder of the repository. */
export function sourcesIn(folder: string): Source[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes("node_modules"))
    .map((name) => {
      const path = join(folder, name);
      const text = readFileSync(join(root, path), "utf8");
      return { path, text, lines: text.split("\n").length - 1, imports: importsOf(path, text) };
    });
}

/** Every file that is or will be kept in the repository. */
export function filesOfRepository(): string[] {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  return listed.split("\n").filter((path) => path !== "" && existsSync(join(root, path)));
}

/** What the packages of this repository can be imported by, and the files that these doors lead to. */
const doors = new Map(
  readdirSync(join(root, "packages")).flatMap((folder) => {
    const { name, exports = {} } = JSON.parse(readFileSync(join(root, "packages", folder, "package.json"), "utf8"));
    return Object.entries<string>(exports).map(
      ([door, file]) => [join(name, door), join("packages", folder, file)] as const,
    );
  }),
);

/** The files that the doors of a package lead to. */
export const doorsOf = (folder: string): string[] =>
  [...doors.values()].filter((file) => file.startsWith(`${folder}/`));

function importsOf(path: string, text: string): Import[] {
  const specifiers = [...text.matchAll(/\bfrom "([^"]+)"|^import "([^"]+)"|\bimport\("([^"]+)"\)/gm)].map(
    (match) => (match[1] ?? match[2] ?? match[3]) as string,
  );
  return specifiers.map((specifier) => ({
    specifier,
    // Whether a file is imported as a module or, with `?raw`, as its text, it is the same file.
    target: specifier.startsWith(".")
      ? relative(root, join(root, dirname(path), specifier.replace(/\?raw$/, "")))
      : doors.get(specifier),
  }));
}
