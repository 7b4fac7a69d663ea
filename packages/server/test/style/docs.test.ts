import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { callNames, callPath, codes } from "@quanku/protocol";
import { describe, expect, it } from "vitest";
import { pages } from "../../../protocol/reference/render.ts";
import { root, sourcesIn } from "./sources.ts";

const read = (path: string) => readFileSync(join(root, path), "utf8");

describe("the documentation", () => {
  for (const [path, text] of Object.entries(pages()))
    it(`${path} is what the code makes it`, () => {
      expect(read(path), "run npm run docs").toBe(text);
    });

  it("tells every call in the README", () => {
    for (const call of callNames) expect(read("README.md")).toContain(`\`${call}\``);
  });

  it("links to files that exist", () => {
    const texts = [
      "README.md",
      "ARCHITECTURE.md",
      "CONTRIBUTING.md",
      "docs/adr/README.md",
      "docs/adr/0010-what-a-coupon-is-worth.md",
      "docs/reference/calls.md",
      "docs/reference/worked-examples.md",
      "docs/reference/metrics.md",
      "docs/scale-out.md",
    ];
    for (const path of texts)
      for (const [, link] of read(path).matchAll(/\]\((?!https?:|#)([^)#]+)/g))
        expect(existsSync(join(root, dirname(path), link as string)), `${path} links to ${link}`).toBe(true);
  });

  it("names no code that the wire does not have", () => {
    const known = new Set(Object.keys(codes));
    for (const { path, text } of sourcesIn("packages/server/src/http"))
      for (const [code] of text.matchAll(/\b(4\d{4}|9900\d\d|10900\d\d)\b/g))
        expect(known.has(code), `${path} names ${code}`).toBe(true);
    expect(callPath("get_list")).toBe("/shop/coupon/get_list");
  });
});
