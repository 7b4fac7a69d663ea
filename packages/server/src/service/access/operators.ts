import { hash, randomBytes } from "node:crypto";
import { bearerOf } from "../../domain/access/operators.ts";
import type { Actor } from "../../domain/actor.ts";
import type { Command } from "../../domain/decide.ts";
import { isRefusal, type Refusal, refuse } from "../../domain/outcome.ts";
import { HOUSE, type Operator, type OperatorRole } from "../../domain/records.ts";
import type { Store } from "../../store/store.ts";
import type { Clock } from "../clock.ts";
import type { Ledger } from "../ledger.ts";
import { Guesses, networkOf } from "./guesses.ts";
import { Passwords } from "./passwords.ts";

/** How long another process's change to operators may go unseen here, in milliseconds. */
const MEMORY_MS = 1000;

/** Somebody who was let in. */
export type Asker = {
  actor: Actor;
  operator: string;
  role: OperatorRole;
  apps: readonly string[];
  key: { kind: "session"; digest: string; endsAt: number } | { kind: "token"; name: string; endsAt: number };
};

/** What came of proving to know a password: a wrong one, or too many wrong ones. `wait` is seconds. */
export type NotProved = { notProved: "wrong" } | { notProved: "throttled"; wait: number };

/** A session that began, the text that it is known by, which is told this once, and its end in Unix seconds. */
export type Begun = { session: string; endsAt: number; operator: Operator };

type OperatorsOptions = {
  store: Store;
  ledger: Ledger;
  clock: Clock;
  passwords?: Passwords | undefined;
  /** Milliseconds since any moment, by a clock that nobody sets; the process's own unless given. */
  elapsed?: (() => number) | undefined;
};

type Known = { operators: Promise<Operator[]>; readAt: number };
type OperatorCommand = Extract<Command, { appid: typeof HOUSE }>;

/**
 * Who may steer the house's apps: operators, their passwords, sessions, access tokens and sign-in links. Of what lets
 * somebody in only digests are kept.
 */
export class Operators {
  readonly #store: Store;
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  readonly #passwords: Passwords;
  readonly #guesses: Guesses;
  readonly #elapsed: () => number;
  #known: Known | undefined;

  constructor({ store, ledger, clock, passwords = new Passwords(), elapsed }: OperatorsOptions) {
    this.#store = store;
    this.#ledger = ledger;
    this.#clock = clock;
    this.#passwords = passwords;
    this.#guesses = new Guesses(clock);
    this.#elapsed = elapsed ?? (() => performance.now());
  }

  /** Whether there is any operator. */
  async areAny(): Promise<boolean> {
    return (await (this.#remembered() ?? this.#read())).length > 0;
  }

  /** Every operator, by name. */
  list(): Promise<Operator[]> {
    return this.#store.listOperators(HOUSE);
  }

  /**
   * Who has a key. A change made by another process is honoured within a second; a key that it gave out, at once: what is
   * remembered can only say that a key is good. Of two keys the token is looked at.
   */
  async whoHas({
    session,
    token,
  }: {
    session: string | undefined;
    token: string | undefined;
  }): Promise<Asker | undefined> {
    const [kind, text] = token === undefined ? (["session", session] as const) : (["token", token] as const);
    if (text === undefined) return undefined;
    const of = (operators: Operator[]) => askerOf(operators, kind, digestOf(text), this.#clock());
    const remembered = this.#remembered();
    const asker = of(await (remembered ?? this.#read()));
    return asker || !remembered ? asker : of(await this.#read());
  }

  /** Begins a session of who knows a password. `address` is where they ask from. */
  async signIn(name: string, password: string, address: string): Promise<Begun | NotProved> {
    const proved = await this.#prove(name, password, address);
    if ("notProved" in proved) return proved;
    const begun = await this.#begin(name, { passwordDigest: proved.passwordDigest }, networkOf(address));
    return isRefusal(begun) ? { notProved: "wrong" } : begun;
  }

  /** Begins a session of who has a link's code. */
  async signInByLink(code: string): Promise<Begun | Refusal> {
    const linkDigest = digestOf(code);
    const operator = (await this.#read()).find(({ link }) => link?.digest === linkDigest);
    return operator ? this.#begin(operator.name, { linkDigest }, null) : refuse("link_ended");
  }

  signOut(name: string, sessionDigest: string): Promise<Refusal | { result: Operator }> {
    return this.#submit({ do: "signOut", appid: HOUSE, name, sessionDigest }, `operator ${name}`);
  }

  /** Gives somebody another password who knows the one until now; `null` where there is none yet. */
  async changePassword(
    name: string,
    {
      until,
      next,
      address,
      sessionDigest,
    }: { until: string | null; next: string; address: string; sessionDigest: string },
  ): Promise<Refusal | NotProved | { result: Operator }> {
    const proved = until === null ? { passwordDigest: null } : await this.#prove(name, until, address);
    if ("notProved" in proved) return proved;
    const password = await this.#passwords.hash(next);
    const change = { do: "changePassword", provedDigest: proved.passwordDigest, password, sessionDigest } as const;
    return this.#submit({ ...change, appid: HOUSE, name }, `operator ${name}`);
  }

  /** Makes an operator; `password` null: none, they sign in by links. */
  async create(
    { name, password, ...may }: { name: string; role: OperatorRole; apps: readonly string[]; password: string | null },
    by: Actor,
  ): Promise<Refusal | { result: Operator }> {
    const hashed = password === null ? null : await this.#passwords.hash(password);
    return this.#submit({ do: "createOperator", appid: HOUSE, name, ...may, password: hashed }, by);
  }

  change(
    name: string,
    may: { role?: OperatorRole | undefined; apps?: readonly string[] | undefined },
    by: Actor,
  ): Promise<Refusal | { result: Operator }> {
    const given = Object.fromEntries(Object.entries(may).filter(([, value]) => value !== undefined));
    return this.#submit({ do: "changeOperator", appid: HOUSE, name, ...given }, by);
  }

  /** Gives an operator a new password; their sessions and tokens end. */
  async reset(name: string, password: string, by: Actor): Promise<Refusal | { result: Operator }> {
    return this.#submit(
      { do: "resetOperator", appid: HOUSE, name, password: await this.#passwords.hash(password) },
      by,
    );
  }

  remove(name: string, by: Actor): Promise<Refusal | { result: Operator }> {
    return this.#submit({ do: "removeOperator", appid: HOUSE, name }, by);
  }

  /** Makes a code that signs in once, for ten minutes. */
  async createLink(name: string, by: Actor): Promise<Refusal | { code: string }> {
    const code = newText();
    const answer = await this.#submit({ do: "createLink", appid: HOUSE, name, linkDigest: digestOf(code) }, by);
    return isRefusal(answer) ? answer : { code };
  }

  /** Makes an access token and tells its text, this once. `life` is seconds. */
  async createToken(
    name: string,
    made: { name: string; role: OperatorRole; apps: readonly string[]; life: number },
  ): Promise<Refusal | { token: string }> {
    const { life, ...token } = made;
    const text = newText();
    const command = {
      do: "createToken",
      appid: HOUSE,
      name,
      token: { ...token, digest: digestOf(text) },
      life,
    } as const;
    const answer = await this.#submit(command, `operator ${name}`);
    return isRefusal(answer) ? answer : { token: text };
  }

  revokeToken(name: string, token: string, by: Actor): Promise<Refusal | { result: Operator }> {
    return this.#submit({ do: "revokeToken", appid: HOUSE, name, token }, by);
  }

  /** Whether somebody knows an operator's password. A name that is nobody's is as much work as one that is. */
  async #prove(name: string, password: string, address: string): Promise<NotProved | { passwordDigest: string }> {
    const operator = (await this.#read()).find((one) => one.name === name);
    const guess = this.#guesses.take(name, address, operator?.knownFrom.includes(networkOf(address)) ?? false);
    if ("wait" in guess) return { notProved: "throttled", wait: guess.wait };
    let isWrong = false;
    try {
      isWrong = !(await this.#passwords.isRight(password, operator?.password));
    } finally {
      if (!isWrong) guess.giveBack();
    }
    return isWrong || !operator?.password ? { notProved: "wrong" } : { passwordDigest: operator.password.digest };
  }

  async #begin(
    name: string,
    proved: { passwordDigest: string } | { linkDigest: string },
    address: string | null,
  ): Promise<Begun | Refusal> {
    const session = newText();
    const command = { do: "signIn", appid: HOUSE, name, proved, sessionDigest: digestOf(session), address } as const;
    const answer = await this.#submit(command, `operator ${name}`);
    if (isRefusal(answer)) return answer;
    const operator = answer.result;
    return { session, endsAt: operator.sessions.at(-1)?.endsAt ?? 0, operator };
  }

  /** Submits a command; what is remembered is forgotten, so that the next who asks sees what came of it. */
  async #submit(command: OperatorCommand, by: Actor): Promise<Refusal | { result: Operator }> {
    try {
      return (await this.#ledger.submit(command, by)) as Refusal | { result: Operator };
    } finally {
      this.#known = undefined;
    }
  }

  /** The operators as they were read at most a second ago, if they were. */
  #remembered(): Promise<Operator[]> | undefined {
    const isFresh = this.#known && this.#elapsed() - this.#known.readAt < MEMORY_MS;
    return isFresh ? this.#known?.operators : undefined;
  }

  #read(): Promise<Operator[]> {
    const known: Known = { operators: this.list(), readAt: this.#elapsed() };
    this.#known = known;
    known.operators.catch(() => {
      if (this.#known === known) this.#known = undefined;
    });
    return known.operators;
  }
}

function askerOf(operators: readonly Operator[], kind: "session" | "token", keyDigest: string, now: number) {
  const bearer = bearerOf(operators, kind, keyDigest, now);
  if (!bearer) return undefined;
  const { operator, role, apps, key } = bearer;
  const actor: Actor = key.kind === "token" ? `token ${operator.name} ${key.name}` : `operator ${operator.name}`;
  return { actor, operator: operator.name, role, apps, key } satisfies Asker;
}

/** 256 random bits: hashing them once is enough, since nobody can guess them. */
const newText = () => randomBytes(32).toString("base64url");

const digestOf = (text: string): string => hash("sha256", text, "base64url");

/** A password for who gave none: 120 random bits. */
export const newPassword = () => randomBytes(15).toString("base64url");
