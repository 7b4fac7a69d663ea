import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { filesOfRepository } from "../style/sources.ts";
import { type Block, blocksOf, compared, lasting, Reader } from "./pasting.ts";

const hasCurl = spawnSync("curl", ["--version"]).status === 0;
if (!hasCurl) console.warn("curl is not on this machine: the commands of pages are not tried");

/** Pages that are pasted line by line; the Chinese ones have the same blocks, which test/style holds them to. */
const pages = ["README.md", ...filesOfRepository().filter((path) => /^docs\/recipes\/[^.]+\.md$/.test(path))];

/** Commands with something to fill in (…), and those for another machine. */
const isForm = ({ text }: Block) => text.replaceAll(/ +# .*$/gm, "").includes("…") || text.startsWith("/srv/");

const isRun = (block: Block) => block.language === "sh" && !isForm(block);

const [start] = Object.keys(lasting) as [string];

/** Pastes what is to be run of a page and holds what is printed to what the next block shows; how many lines were run. */
async function readThrough(page: string, reader: Reader): Promise<number> {
  const blocks = blocksOf(page);
  // Where a page does not start the server, its reader has done so before.
  if (!blocks.some(({ text }) => text.startsWith(start))) await reader.paste(start);
  let lines = 0;
  for (const [at, block] of blocks.entries()) {
    if (!isRun(block)) continue;
    const pasted = await reader.paste(block.text);
    lines += pasted.length;
    const shown = blocks[at + 1]?.language === "sh" ? undefined : blocks[at + 1];
    const failed = pasted.filter(({ status }) => status !== 0);
    // A line fails only where the page shows that it does.
    if (!shown || !/^quanku: /m.test(shown.text)) expect(failed, `${page}:${block.line}`).toEqual([]);
    if (!shown) continue;
    const { says, prints } = compared(shown, pasted.map(({ output }) => output).join("\n"));
    expect(prints, `what ${page}:${shown.line} shows`).toEqual(says);
  }
  return lines;
}

describe.skipIf(!hasCurl)("a page that is pasted line by line", () => {
  it.each(pages)("%s works, and prints what it shows", async (page) => {
    const reader = new Reader({ PASSWORD: "a password of one's own" });
    try {
      expect(await readThrough(page, reader), "lines that were run").toBeGreaterThan(2);
    } finally {
      reader.close();
    }
  });
});
