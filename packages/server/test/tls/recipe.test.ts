import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { recipe, wholeRecipe } from "../../src/cli/tls/recipe.ts";

const page = (name: string) => readFileSync(new URL(`../../../../docs/${name}`, import.meta.url), "utf8");
const blocksOf = (text: string) => [...text.matchAll(/```\w+\n([\s\S]*?)\n```/g)].map(([, code]) => code as string);
const codeOf = (file: string) => recipe(file).flatMap(({ code, undo }) => (undo === undefined ? [code] : [code, undo]));

it.each(["tls.md", "tls.zh-CN.md"])("docs/%s shows what quanku tls recipe prints, in its order", (name) => {
  const blocks = blocksOf(page(name));
  const code = codeOf("/srv/quanku/data/tls/authority.pem");
  expect(blocks.filter((block) => code.includes(block))).toEqual(code);
});

it("docs/tls.md says of each step what the command says", () => {
  for (const { title, about } of recipe("x")) expect(page("tls.md")).toContain(`### ${title}\n\n${about}\n`);
});

it.runIf(process.platform === "linux")(
  "a path with a space is one word in every shell, and commands can be pasted",
  () => {
    const file = "/somebody's data/tls/authority.pem";
    for (const { title, code, undo = "" } of recipe(file)) {
      if (title.includes("Windows")) continue;
      const { status, stderr } = spawnSync("sh", ["-n"], { input: `${code}\n${undo}\n`, encoding: "utf8" });
      expect({ status, stderr }, title).toEqual({ status: 0, stderr: "" });
    }
    const [line = ""] = codeOf(file).filter((code) => code.startsWith("NODE_EXTRA_CA_CERTS="));
    const shown = spawnSync("sh", ["-c", line.replace(/ node program[\s\S]*/, " env")], { encoding: "utf8" }).stdout;
    expect(shown).toContain(`NODE_EXTRA_CA_CERTS=${file}\n`);
    for (const code of codeOf(file)) expect(`\n${wholeRecipe(file)}`).toContain(`\n${code}\n`);
  },
);
