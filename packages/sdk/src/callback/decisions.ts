import { type Claim, checkedDecision, type Decision, failed } from "./claim.ts";
import type { CallbackMemory } from "./memory.ts";
import type { CallbackOptions, CallbackProblem } from "./options.ts";

/** How long a grant is remembered, in seconds: far longer than a claim is asked about again. */
const GRANT_SECONDS = 3600;

/**
 * Asks the merchant's code for decisions: once for a claim that is asked about twice at a time, and no more for one that
 * was granted. What is declined is decided anew, since stock may have come in meanwhile.
 */
export class Decisions {
  readonly #onClaim: CallbackOptions["onClaim"];
  readonly #tell: (problem: CallbackProblem) => void;
  readonly #memory: CallbackMemory;
  readonly #underWay = new Map<string, Promise<Decision>>();

  constructor(onClaim: CallbackOptions["onClaim"], tell: (problem: CallbackProblem) => void, memory: CallbackMemory) {
    this.#onClaim = onClaim;
    this.#tell = tell;
    this.#memory = memory;
  }

  /** Never throws for what the merchant's code throws: that is declined as `system`. */
  on(claim: Claim): Promise<Decision> {
    const { openid, out_coupon_id, request_id } = claim;
    const key = `grant:${JSON.stringify([request_id, out_coupon_id, openid])}`;
    const begun = this.#underWay.get(key);
    if (begun) return begun;
    const decision = this.#decide(claim, key).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, decision);
    return decision;
  }

  async #decide(claim: Claim, key: string): Promise<Decision> {
    const before = await this.#memory.get(key);
    if (before != null) return { granted: before };
    const decision = await this.#ask(claim);
    if ("declined" in decision || (await this.#memory.add(key, decision.granted, GRANT_SECONDS))) return decision;
    return { granted: (await this.#memory.get(key)) ?? decision.granted };
  }

  async #ask(claim: Claim): Promise<Decision> {
    try {
      return checkedDecision(await this.#onClaim(claim));
    } catch (error) {
      this.#tell({ problem: "onClaim failed, and the claim was declined as system", error });
      return failed;
    }
  }
}
