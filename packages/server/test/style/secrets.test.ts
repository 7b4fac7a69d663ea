import { describe, expect, it } from "vitest";
import { sourcesIn } from "./sources.ts";

/** What is called like a secret, or like something that only who knows a secret can make. */
const SECRET = /(secret|token|signature|digest|password|hmac|mac|sign|apikey|aeskey)$/i;

/** `null` and `undefined`, and a thing's length or kind, say nothing about it. */
const HARMLESS = /^(null|undefined|true|false|typeof|""|-?\d+)$/;

/**
 * Comparisons that may take a time that depends on what is compared, each with the reason: nobody who asks can choose
 * what is compared so as to learn from the time.
 */
const allowed: Record<string, string> = {
  "packages/server/src/domain/access/tokens.ts: app.secret.digest !== secretDigest":
    "both are digests that the store kept: whether the secret was rotated between two reads of ours",
  "packages/server/src/domain/access/tokens.ts: token.digest === digest":
    "SHA-256 of 256 random bits: who learns how much of a digest was right has learnt nothing of a token that would give it",
  ...Object.fromEntries(
    [
      "digest !== provedDigest",
      "operator.password.digest !== proved.passwordDigest",
      "digest === sessionDigest",
      "digest !== sessionDigest",
    ].map((comparison) => [
      `packages/server/src/domain/access/operators.ts: ${comparison}`,
      "both are digests that the store kept: whether it changed between two reads of ours",
    ]),
  ),
  "packages/server/src/service/removals.ts: .digest === end.digest":
    "both are where the same journal ended, which anybody may read who may delete its app",
  ...Object.fromEntries(
    ["blank.ts: lower.includes(secret)", "tracing.ts: other !== secret"].map((comparison) => [
      `packages/server/src/http/call-log/${comparison}`,
      "what a call sent itself, looked for in the log of it after it was answered: nobody waits for that",
    ]),
  ),
  "packages/server/src/http/call-log/tracing.ts: known.digest === app.secret.digest":
    "both are digests that the store kept: whether the secret was rotated between two reads of ours",
  ...Object.fromEntries(
    [
      "domain/access/operators.ts: link.digest !== proved.linkDigest",
      "domain/access/operators.ts: digest === keyDigest",
      "service/access/operators.ts: link.digest === linkDigest",
    ].map((comparison) => [`packages/server/src/${comparison}`, "SHA-256 of 256 random bits, as of an app's token"]),
  ),
};

const OPERAND = String.raw`[\w$.?!\[\]]+(?:\([^()]*\))?|"[^"]*"`;
const COMPARISON = new RegExp(String.raw`(${OPERAND})\s*([!=]==?)\s*(${OPERAND})`, "g");

/** The comparisons of secrets in a source that give up at the first difference. */
function hastyComparisons(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
  const operands = [...code.matchAll(COMPARISON)]
    .map(([, left = "", operator, right = ""]) => [left.replaceAll("?.", "."), operator, right.replaceAll("?.", ".")])
    .filter(([left = "", , right = ""]) => !HARMLESS.test(left) && !HARMLESS.test(right))
    .filter(([left = "", , right = ""]) => [left, right].some((side) => SECRET.test(side.replace(/\(.*\)$/, ""))))
    .map((parts) => parts.join(" "));
  const calls = [...code.matchAll(/([\w$.?]+)\.(equals|startsWith|endsWith|includes|localeCompare)\(([\w$.?]+)\)/g)]
    .filter(([, on = "", , given = ""]) => SECRET.test(on) || SECRET.test(given))
    .map(([call]) => call);
  return [...operands, ...calls];
}

describe("secrets, tokens and signatures", () => {
  it("are compared in constant time", () => {
    const found = ["packages/protocol/src", "packages/sdk/src/callback", "packages/server/src"]
      .flatMap(sourcesIn)
      .flatMap(({ path, text }) => hastyComparisons(text).map((comparison) => `${path}: ${comparison}`));
    expect(
      found.filter((comparison) => !(comparison in allowed)),
      "a comparison that gives up at the first difference tells how much was right: use timingSafeEqual of node:crypto",
    ).toEqual([]);
    expect(
      Object.keys(allowed).filter((comparison) => !found.includes(comparison)),
      "allowed, and no more there",
    ).toEqual([]);
  });

  it.each([
    "if (signPush(token, at) === signature) return;",
    "const isRight = given.signature != expected.signature;",
    "return app.secret === secret;",
    "return msgSignature === given;",
    "digest.equals(other)",
    "if (known.includes(accessToken)) return;",
  ])("would be found in: %s", (text) => {
    expect(hastyComparisons(text)).toHaveLength(1);
  });

  it.each(["if (callbackToken === null) return;", 'if (secret === "") return;', "// token === other"])(
    "are not compared in: %s",
    (text) => {
      expect(hastyComparisons(text)).toEqual([]);
    },
  );
});
