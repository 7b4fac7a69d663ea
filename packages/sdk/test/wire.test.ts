import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type CallBody, type CallName, type CallReply, callNames, callPath } from "@quanku/protocol/calls";
import { codes } from "@quanku/protocol/codes";
import { describe, expect, expectTypeOf, it } from "vitest";
import { files } from "../reference/render.ts";
import { reasons } from "../src/client/reasons.ts";
import * as sdk from "../src/index.ts";
import type { Bodies } from "../src/wire/bodies.ts";
import type { Replies } from "../src/wire/replies.ts";
import type { Plain } from "./plain.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

describe("what the SDK knows of the wire", () => {
  for (const [path, text] of Object.entries(files()))
    it(`${path} is what the schemas make it`, () => {
      expect(readFileSync(join(root, path), "utf8"), "run npm run docs").toBe(text);
    });

  it("has every call at its place, and every code with its text and whether to try again", () => {
    expect(sdk.callPaths).toEqual(Object.fromEntries(callNames.map((name) => [name, callPath(name)])));
    const { 0: _, ...refusals } = codes;
    for (const [code, { text, retry }] of Object.entries(refusals))
      expect(sdk.codes[code as unknown as sdk.Errcode]).toMatchObject({ text, retry });
    expect(Object.keys(sdk.codes).toSorted()).toEqual(Object.keys(refusals).toSorted());
  });

  it("has a word of its own for every code", () => {
    const words = Object.values(reasons);
    expect(new Set(words).size).toBe(words.length);
    for (const word of words) expect(word).toMatch(/^[a-z]+(_[a-z]+)*$/);
  });
});

/** Held by the compiler: a name whose two types differ makes this type `false` there. */
type Agreed<Ours, Theirs> = {
  [N in CallName]: N extends keyof Ours & keyof Theirs
    ? [Ours[N]] extends [Theirs[N]]
      ? [Theirs[N]] extends [Ours[N]]
        ? true
        : false
      : false
    : false;
};
type AllAgreed = { [N in CallName]: true };

describe("types made from the schemas", () => {
  it("of bodies and the schemas' own can stand for each other", () => {
    type Theirs = { [N in CallName]: Plain<NonNullable<CallBody<N>>> };
    expectTypeOf<Agreed<Bodies, Theirs>>().toEqualTypeOf<AllAgreed>();
    // What is taken by the SDK's type is taken by the schema's, which also takes digits.
    expectTypeOf<Bodies>().toExtend<{ [N in CallName]: NonNullable<CallBody<N>> }>();
  });

  it("of replies and the schemas' own can stand for each other", () => {
    expectTypeOf<Agreed<Replies, { [N in CallName]: CallReply<N> }>>().toEqualTypeOf<AllAgreed>();
  });
});
