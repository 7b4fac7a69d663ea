import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Language } from "@quanku/protocol/explain";
import { callbackFigures } from "./figures.ts";

/** The chapter on the callback: its text with every `{{figure}}` filled in. Throws where one is unknown. */
export function renderCallback(language: Language): string {
  const figures = callbackFigures();
  const text = readFileSync(fileURLToPath(new URL(`./chapter.${language}.template`, import.meta.url)), "utf8");
  const notice = `<!-- Made from packages/protocol/reference/callback by \`npm run docs\`; do not edit. -->\n`;
  return (
    notice +
    text.replaceAll(
      /^( *)(.*?)$/gm,
      (_, margin: string, line: string) =>
        margin +
        line.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => {
          const figure = figures[name]?.replaceAll("\n", `\n${margin}`);
          if (figure === undefined) throw new Error(`the chapter names {{${name}}}, which figures.ts does not make`);
          return figure;
        }),
    )
  );
}
