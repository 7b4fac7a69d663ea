import { type Accepted, type Refusal, refuse } from "../outcome.ts";
import {
  HOUSE,
  type Operator,
  type OperatorRole,
  type OperatorToken,
  type PasswordHash,
  type RecordKey,
} from "../records.ts";
import type { Rule } from "../rule.ts";
import type { Records } from "../working-copy.ts";

/** How long a session lives, in seconds (our decision, docs/adr/0014). */
export const SESSION_LIFE = 12 * 3600;
/** How long a sign-in link can be used, in seconds. */
export const LINK_LIFE = 600;
/** How many sessions and tokens an operator has at most; the oldest session makes room, tokens are refused beyond. */
export const KEPT = { sessions: 20, tokens: 50, addresses: 8 };

/** What each role may do, the least first: each may do all that those before it may. */
export const operatorRoles: readonly OperatorRole[] = ["viewer", "manager", "owner"];

/** The lesser of two roles. */
export const lesserRole = (a: OperatorRole, b: OperatorRole): OperatorRole =>
  operatorRoles.indexOf(a) < operatorRoles.indexOf(b) ? a : b;

type Named = { appid: typeof HOUSE; name: string };

const one = ({ name }: Named): RecordKey[] => [{ need: "operator", appid: HOUSE, name }];
const all: RecordKey = { need: "operators", appid: HOUSE };

const found = (records: Records, { name }: Named): Operator | Refusal =>
  records.operator(HOUSE, name) ?? refuse("unknown_operator", { name });

/** Changes an operator who is there. */
const changing = <C extends Named>(
  change: (operator: Operator, command: C, records: Records, now: number) => Operator | Refusal,
): Rule<C, Operator>["decide"] =>
  function decide(command, records, now) {
    const operator = found(records, command);
    if ("refused" in operator) return operator;
    const changed = change(operator, command, records, now);
    return "refused" in changed ? changed : wrote(changed);
  };

const wrote = (operator: Operator): Accepted<Operator> => ({
  writes: [{ record: "operator", value: operator }],
  result: operator,
});

/** Somebody must be left who can do everything. */
const isLastOwner = (operator: Operator, records: Records): boolean =>
  operator.role === "owner" && records.operators(HOUSE).filter(({ role }) => role === "owner").length === 1;

export type CreateOperator = Named & {
  do: "createOperator";
  role: OperatorRole;
  apps: readonly string[];
  password: PasswordHash | null;
};

/** Makes an operator. */
export const createOperator: Rule<CreateOperator, Operator> = {
  needs: one,
  decide({ name, role, apps, password }, records, now) {
    if (records.operator(HOUSE, name)) return refuse("operator_exists", { name });
    const nothing = { signedInAt: null, knownFrom: [], sessions: [], tokens: [], link: null };
    return wrote({ appid: HOUSE, name, role, apps, password, createdAt: now, ...nothing, open: true });
  },
};

export type ChangeOperator = Named & { do: "changeOperator"; role?: OperatorRole; apps?: readonly string[] };

/** Gives an operator another role or other apps. Their sessions and tokens go on with what they may do now. */
export const changeOperator: Rule<ChangeOperator, Operator> = {
  needs: (command) => [...one(command), all],
  decide: changing((operator, { role = operator.role, apps = operator.apps }, records) =>
    role !== "owner" && isLastOwner(operator, records)
      ? refuse("last_owner", { name: operator.name })
      : { ...operator, role, apps },
  ),
};

export type ResetOperator = Named & { do: "resetOperator"; password: PasswordHash };

/** Gives an operator a new password; all that lets them in until now ends. */
export const resetOperator: Rule<ResetOperator, Operator> = {
  needs: one,
  decide: changing((operator, { password }) => ({ ...operator, password, sessions: [], tokens: [], link: null })),
};

export type RemoveOperator = Named & { do: "removeOperator" };

export const removeOperator: Rule<RemoveOperator, Operator> = {
  needs: (command) => [...one(command), all],
  decide: changing((operator, { name }, records) =>
    isLastOwner(operator, records) ? refuse("last_owner", { name }) : { ...operator, open: false },
  ),
};

export type ChangePassword = Named & {
  do: "changePassword";
  /** The digest of the password that was proved to be known; null: there was none. */
  provedDigest: string | null;
  password: PasswordHash;
  /** The session that goes on; all others end. */
  sessionDigest: string;
};

export const changePassword: Rule<ChangePassword, Operator> = {
  needs: one,
  decide: changing((operator, { provedDigest, password, sessionDigest }) => {
    const digest = operator.password?.digest ?? null;
    if (digest !== provedDigest) return refuse("password_changed");
    const sessions = operator.sessions.filter(({ digest }) => digest === sessionDigest);
    return { ...operator, password, sessions, link: null };
  }),
};

export type CreateLink = Named & { do: "createLink"; linkDigest: string };

/** Makes a link to sign in by, once; one before it is of no more use. */
export const createLink: Rule<CreateLink, Operator> = {
  needs: one,
  decide: changing((operator, { linkDigest }, _, now) => ({
    ...operator,
    link: { digest: linkDigest, endsAt: now + LINK_LIFE },
  })),
};

export type SignIn = Named & {
  do: "signIn";
  /** The digest of the password that was proved to be known, or of the link's code. */
  proved: { passwordDigest: string } | { linkDigest: string };
  sessionDigest: string;
  /** Where from, to be known again; null: by a link. */
  address: string | null;
};

/** Begins a session. A link that was used is gone; a password that was replaced meanwhile lets nobody in. */
export const signIn: Rule<SignIn, Operator> = {
  needs: one,
  decide: changing((operator, { proved, sessionDigest, address }, _, now) => {
    if ("linkDigest" in proved) {
      const { link } = operator;
      if (!link || link.digest !== proved.linkDigest || now >= link.endsAt) return refuse("link_ended");
    } else if (operator.password?.digest !== proved.passwordDigest) return refuse("password_changed");
    const going = operator.sessions.filter(({ endsAt }) => now < endsAt);
    const session = { digest: sessionDigest, createdAt: now, endsAt: now + SESSION_LIFE };
    const others = operator.knownFrom.filter((known) => known !== address);
    return {
      ...operator,
      link: "linkDigest" in proved ? null : operator.link,
      signedInAt: now,
      knownFrom: address === null ? operator.knownFrom : [address, ...others].slice(0, KEPT.addresses),
      sessions: [...going, session].slice(-KEPT.sessions),
    };
  }),
};

export type SignOut = Named & { do: "signOut"; sessionDigest: string };

export const signOut: Rule<SignOut, Operator> = {
  needs: one,
  decide: changing((operator, { sessionDigest }) => ({
    ...operator,
    sessions: operator.sessions.filter(({ digest }) => digest !== sessionDigest),
  })),
};

export type CreateToken = Named & {
  do: "createToken";
  token: Pick<OperatorToken, "name" | "digest" | "role" | "apps">;
  /** For how long it is good, in seconds. */
  life: number;
};

/** Makes an access token that may do no more than its operator may; what that is, is looked at whenever it is used. */
export const createToken: Rule<CreateToken, Operator> = {
  needs: one,
  decide: changing((operator, { token, life }, _, now) => {
    const going = operator.tokens.filter(({ endsAt }) => now < endsAt);
    if (going.some(({ name }) => name === token.name)) return refuse("token_exists", { name: token.name });
    if (going.length >= KEPT.tokens) return refuse("too_many_tokens", { limit: KEPT.tokens });
    if (lesserRole(token.role, operator.role) !== token.role) return refuse("beyond_role", { role: operator.role });
    return { ...operator, tokens: [...going, { ...token, createdAt: now, endsAt: now + life }] };
  }),
};

export type RevokeToken = Named & { do: "revokeToken"; token: string };

export const revokeToken: Rule<RevokeToken, Operator> = {
  needs: one,
  decide: changing((operator, { token: revoked }) => {
    const tokens = operator.tokens.filter(({ name }) => name !== revoked);
    if (tokens.length === operator.tokens.length) return refuse("unknown_token", { name: revoked });
    return { ...operator, tokens };
  }),
};

/** What somebody may do who presents a key of an operator: a session all that the operator may, a token what it was made for. */
export type Bearer = {
  operator: Operator;
  role: OperatorRole;
  apps: readonly string[];
  key: { kind: "session"; digest: string; endsAt: number } | { kind: "token"; name: string; endsAt: number };
};

/** Whose a key is, by the digest of its text, and what it lets them do at `now`; undefined: nothing any more. */
export function bearerOf(operators: readonly Operator[], kind: "session" | "token", keyDigest: string, now: number) {
  for (const operator of operators) {
    const bearer = kind === "session" ? inSession(operator, keyDigest) : withToken(operator, keyDigest);
    if (bearer) return now < bearer.key.endsAt ? bearer : undefined;
  }
}

function inSession(operator: Operator, keyDigest: string): Bearer | undefined {
  const session = operator.sessions.find(({ digest }) => digest === keyDigest);
  const { role, apps } = operator;
  return session && { operator, role, apps, key: { kind: "session", digest: session.digest, endsAt: session.endsAt } };
}

function withToken(operator: Operator, keyDigest: string): Bearer | undefined {
  const token = operator.tokens.find(({ digest }) => digest === keyDigest);
  if (!token) return undefined;
  const key = { kind: "token", name: token.name, endsAt: token.endsAt } as const;
  return { operator, role: lesserRole(token.role, operator.role), apps: appsOf(token, operator), key };
}

/** Of the apps that a token was made for those that are its operator's now. An owner has all, and so has an owner's token. */
function appsOf(token: OperatorToken, operator: Operator): readonly string[] {
  if (token.role === "owner") return operator.apps;
  if (operator.role === "owner") return token.apps;
  return token.apps.filter((appid) => operator.apps.includes(appid));
}
