import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import type { PasswordHash } from "../../domain/records.ts";
import { NoTurnError } from "../turns.ts";

/** What passwords are hashed with from now on: OWASP's first choice for argon2id; `memory` is KiB (docs/adr/0014). */
const COST = { memory: 19_456, passes: 2, parallelism: 1 };
/** How many are hashed at once: each takes a processor and its memory for a tenth of a second or so. */
const AT_ONCE = 2;
/** How many may wait for that. */
const WAITING_LIMIT = 32;

type Cost = typeof COST;
/** What makes a key of a password. */
export type DeriveKey = (password: string, salt: Buffer, cost: Cost) => Promise<Buffer>;

const argon2id: DeriveKey = (password, salt, { memory, passes, parallelism }) =>
  new Promise((resolve, reject) => {
    const message = password.normalize("NFC");
    argon2("argon2id", { message, nonce: salt, memory, passes, parallelism, tagLength: 32 }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });

/** Hashes passwords and checks them, few at once. Throws {@link NoTurnError} where too many wait. */
export class Passwords {
  readonly #derive: DeriveKey;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  /** `derive` is for tests that are not about hashing. */
  constructor(derive: DeriveKey = argon2id) {
    this.#derive = derive;
  }

  async hash(password: string): Promise<PasswordHash> {
    const salt = randomBytes(16);
    const digest = await this.#inTurn(() => this.#derive(password, salt, COST));
    return { salt: salt.toString("base64url"), digest: digest.toString("base64url"), ...COST };
  }

  /** Whether a password is the one that is kept. Where none is kept it takes as long to say no. */
  async isRight(password: string, kept: PasswordHash | null | undefined): Promise<boolean> {
    const salt = kept ? Buffer.from(kept.salt, "base64url") : randomBytes(16);
    const derived = await this.#inTurn(() => this.#derive(password, salt, kept ?? COST));
    const expected = kept ? Buffer.from(kept.digest, "base64url") : randomBytes(derived.length);
    return timingSafeEqual(derived, expected) && Boolean(kept);
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= AT_ONCE) {
      if (this.#waiting.length >= WAITING_LIMIT) throw new NoTurnError("too many sign in at once");
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else this.#running++;
    try {
      return await work();
    } finally {
      // Whoever waits takes over this place.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running--;
    }
  }
}
