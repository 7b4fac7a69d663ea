import { describe, expect, it } from "vitest";
import { bearerOf, KEPT, LINK_LIFE, SESSION_LIFE } from "../../src/domain/access/operators.ts";
import { journaled } from "../../src/domain/journal.ts";
import { HOUSE, type Operator, type OperatorRole, type StoredRecord } from "../../src/domain/records.ts";
import { anOperator } from "../../testing/records.ts";
import { holds } from "./given.ts";

const [now, appid] = [1000, HOUSE] as const;
const none = { sessions: [], tokens: [], link: null, knownFrom: [] };
const password = { salt: "n", digest: "new", memory: 8, passes: 1, parallelism: 1 };
const li = (changes: Partial<Operator> = {}): StoredRecord => ({
  record: "operator",
  value: anOperator(HOUSE, "li", { role: "owner", apps: [], ...none, ...changes }),
});
const wang = (changes: Partial<Operator> = {}): StoredRecord => ({
  record: "operator",
  value: anOperator(HOUSE, "wang", { role: "manager", apps: ["a"], ...none, ...changes }),
});
const session = (digest: string, endsAt = 2000) => ({ digest, createdAt: 1, endsAt });
const token = (name: string, endsAt = 2000) =>
  ({ name, digest: name, role: "viewer", apps: ["a"], createdAt: 1, endsAt }) as const;
const link = { digest: "l", endsAt: now + 1 };
const isLi = { appid, name: "li" } as const;

describe("operators", () => {
  const create = { do: "createOperator", appid, name: "li", role: "owner", apps: [], password } as const;
  holds([
    [
      "are made",
      [],
      now,
      create,
      {
        operator: {
          appid,
          name: "li",
          role: "owner",
          apps: [],
          password,
          createdAt: now,
          signedInAt: null,
          ...none,
          open: true,
        },
      },
    ],
    ["are not made twice", [li()], now, create, "operator_exists"],
    [
      "may be made again when they were removed",
      [li({ open: false })],
      now,
      create,
      { operator: { password, createdAt: now, open: true } },
    ],
    [
      "change their role",
      [li(), wang()],
      now,
      { do: "changeOperator", appid, name: "wang", role: "owner" },
      { operator: { role: "owner" } },
    ],
    [
      "change their apps",
      [li(), wang()],
      now,
      { do: "changeOperator", appid, name: "wang", apps: ["b"] },
      { operator: { apps: ["b"] } },
    ],
    [
      "cannot be changed who are not there",
      [li()],
      now,
      { do: "changeOperator", appid, name: "wang", apps: [] },
      "unknown_operator",
    ],
    ["the last owner stays one", [li(), wang()], now, { do: "changeOperator", ...isLi, role: "manager" }, "last_owner"],
    [
      "an owner who was removed is no other",
      [li(), wang({ role: "owner", open: false })],
      now,
      { do: "removeOperator", ...isLi },
      "last_owner",
    ],
    [
      "of two owners one may go",
      [li(), wang({ role: "owner" })],
      now,
      { do: "removeOperator", ...isLi },
      { operator: { open: false } },
    ],
    ["the last owner stays", [li(), wang()], now, { do: "removeOperator", ...isLi }, "last_owner"],
    ["others go", [li(), wang()], now, { do: "removeOperator", appid, name: "wang" }, { operator: { open: false } }],
    [
      "whose password is reset have to sign in again",
      [li({ sessions: [session("s")], tokens: [token("t")], link })],
      now,
      { do: "resetOperator", ...isLi, password },
      { operator: { password, sessions: [], tokens: [], link: null } },
    ],
  ]);
});

describe("a password", () => {
  const change = { do: "changePassword", ...isLi, provedDigest: "d", password, sessionDigest: "s" } as const;
  const sessions = [session("r"), session("s")];
  holds([
    [
      "is changed, and other sessions end",
      [li({ sessions, link, tokens: [token("t")] })],
      now,
      change,
      { operator: { password, sessions: [session("s")], link: null } },
    ],
    ["is not changed by who knew the one before", [li({ sessions, password })], now, change, "password_changed"],
    [
      "is not changed by who knew none where one is",
      [li()],
      now,
      { ...change, provedDigest: null },
      "password_changed",
    ],
    [
      "is set where none is",
      [li({ password: null })],
      now,
      { ...change, provedDigest: null },
      { operator: { password } },
    ],
  ]);
});

describe("signing in", () => {
  const proved = {
    do: "signIn",
    ...isLi,
    proved: { passwordDigest: "d" },
    sessionDigest: "new",
    address: "x",
  } as const;
  const linked = { ...proved, proved: { linkDigest: "l" }, address: null } as const;
  const begun = { digest: "new", createdAt: now, endsAt: now + SESSION_LIFE };
  const many = Array.from({ length: KEPT.sessions }, (_, n) => session(`s${n}`));
  const addresses = Array.from({ length: KEPT.addresses }, (_, n) => `a${n}`);
  holds([
    [
      "begins a session, and drops those that ended",
      [li({ sessions: [session("old", now), session("on", now + 1)] })],
      now,
      proved,
      { operator: { signedInAt: now, knownFrom: ["x"], sessions: [session("on", now + 1), begun] } },
    ],
    [
      "drops the oldest of too many sessions",
      [li({ sessions: many })],
      now,
      proved,
      { operator: { signedInAt: now, knownFrom: ["x"], sessions: [...many.slice(1), begun] } },
    ],
    [
      "keeps the last addresses",
      [li({ knownFrom: addresses })],
      now,
      proved,
      { operator: { signedInAt: now, knownFrom: ["x", ...addresses.slice(0, -1)], sessions: [begun] } },
    ],
    [
      "keeps an address once",
      [li({ knownFrom: ["y", "x"] })],
      now,
      proved,
      { operator: { signedInAt: now, knownFrom: ["x", "y"], sessions: [begun] } },
    ],
    ["is refused where the password was replaced meanwhile", [li({ password })], now, proved, "password_changed"],
    ["is refused where there is no password", [li({ password: null })], now, proved, "password_changed"],
    ["is refused to who is no operator", [wang()], now, proved, "unknown_operator"],
    ["is refused to who was removed", [li({ open: false })], now, proved, "unknown_operator"],
    [
      "by a link uses it up",
      [li({ link })],
      now,
      linked,
      { operator: { link: null, signedInAt: now, sessions: [begun] } },
    ],
    ["by a link is over at its end", [li({ link: { ...link, endsAt: now } })], now, linked, "link_ended"],
    ["by a link that was used is refused", [li()], now, linked, "link_ended"],
    [
      "by another's link is refused",
      [li({ link: { ...link, digest: "m" } }), wang({ link })],
      now,
      linked,
      "link_ended",
    ],
    [
      "by a link is made ready for ten minutes",
      [li({ link })],
      now,
      { do: "createLink", ...isLi, linkDigest: "m" },
      { operator: { link: { digest: "m", endsAt: now + LINK_LIFE } } },
    ],
    [
      "ends",
      [li({ sessions: [session("s"), session("t")] })],
      now,
      { do: "signOut", ...isLi, sessionDigest: "s" },
      { operator: { sessions: [session("t")] } },
    ],
  ]);
});

describe("access tokens", () => {
  const create = {
    do: "createToken",
    appid,
    name: "wang",
    token: { name: "t", digest: "t", role: "manager", apps: ["a"] },
    life: 60,
  } as const;
  const made = { ...create.token, createdAt: now, endsAt: now + 60 };
  const many = Array.from({ length: KEPT.tokens }, (_, n) => token(`t${n}`));
  holds([
    [
      "are made, and those that ended dropped",
      [wang({ tokens: [token("t", now), token("u")] })],
      now,
      create,
      { operator: { tokens: [token("u"), made] } },
    ],
    ["are not made twice", [wang({ tokens: [token("t")] })], now, create, "token_exists"],
    ["are bounded", [wang({ tokens: many })], now, create, "too_many_tokens"],
    ["may do no more than their operator", [wang({ role: "viewer" })], now, create, "beyond_role"],
    [
      "are revoked",
      [wang({ tokens: [token("t"), token("u")] })],
      now,
      { do: "revokeToken", appid, name: "wang", token: "t" },
      { operator: { tokens: [token("u")] } },
    ],
    [
      "cannot be revoked that are not there",
      [wang({ tokens: [token("u")] })],
      now,
      { do: "revokeToken", appid, name: "wang", token: "t" },
      "unknown_token",
    ],
  ]);

  const cases: [of: [OperatorRole, string[]], made: [OperatorRole, string[]], may: [OperatorRole, string[]]][] = [
    [
      ["owner", []],
      ["owner", []],
      ["owner", []],
    ],
    [
      ["owner", []],
      ["viewer", ["a"]],
      ["viewer", ["a"]],
    ],
    [
      ["manager", ["a", "b"]],
      ["manager", ["b"]],
      ["manager", ["b"]],
    ],
    [
      ["manager", ["a"]],
      ["manager", ["a", "b"]],
      ["manager", ["a"]],
    ],
    [
      ["viewer", ["a"]],
      ["manager", ["a"]],
      ["viewer", ["a"]],
    ],
    [
      ["manager", ["a"]],
      ["owner", []],
      ["manager", ["a"]],
    ],
    [
      ["viewer", []],
      ["owner", []],
      ["viewer", []],
    ],
  ];
  it.each(cases)("of a %j made for %j may %j", ([role, apps], [tokenRole, tokenApps], [mayRole, mayApps]) => {
    const made = { ...token("t"), role: tokenRole, apps: tokenApps };
    const operator = anOperator(HOUSE, "li", { role, apps, tokens: [made] });
    expect(bearerOf([operator], "token", "t", 1999)).toMatchObject({ role: mayRole, apps: mayApps });
    expect(bearerOf([operator], "token", "t", 2000)).toBeUndefined();
    expect(bearerOf([operator], "session", "t", 1999)).toBeUndefined();
  });
});

it("the journal tells of an operator nothing that lets anybody in, nor where they were", () => {
  const hidden = anOperator(HOUSE, "li", {
    password: { ...password, salt: "HIDDEN", digest: "HIDDEN" },
    knownFrom: ["HIDDEN"],
    sessions: [session("HIDDEN")],
    tokens: [{ ...token("t"), digest: "HIDDEN" }],
    link: { digest: "HIDDEN", endsAt: 9 },
  });
  const told = JSON.stringify(journaled({ record: "operator", before: hidden, after: { ...hidden, open: false } }));
  expect(told).not.toContain("HIDDEN");
  expect(JSON.parse(told)).toMatchObject({
    before: { name: "li", hasPassword: true, tokens: [{ name: "t", endsAt: 2000 }], linkEndsAt: 9, open: true },
    after: { open: false },
  });
});
