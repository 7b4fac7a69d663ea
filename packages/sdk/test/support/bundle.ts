import { rolldown } from "rolldown";

/** What a bundler makes of a module: one script for any runtime, and what is still imported by it. */
export async function bundle(
  input: string | string[],
  { minify = false } = {},
): Promise<{ code: string; imports: string[] }> {
  const bundled = await rolldown({ input, platform: "neutral", tsconfig: false });
  const { output } = await bundled.generate({ format: "esm", minify });
  await bundled.close();
  const scripts = output.filter((part) => part.type === "chunk");
  const names = new Set(scripts.map(({ fileName }) => fileName));
  const imports = scripts.flatMap((script) => script.imports).filter((name) => !names.has(name));
  return { code: scripts.map(({ code }) => code).join("\n"), imports };
}
