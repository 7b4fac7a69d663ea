import { LRUCache } from "lru-cache";
import { type Refusal, refuse } from "../domain/outcome.ts";
import type { App } from "../domain/records.ts";
import type { Clock } from "./clock.ts";

const MINUTE_MS = 60_000;
/** How many apps and people are remembered; beyond that those not seen for longest are forgotten. */
const REMEMBERED = 100_000;

/**
 * How often claims are let through, for each app and each person of it, as the app's settings say; a minute begins with
 * the first claim in it. Counted in this process: behind a load balancer each process lets through as many. It decides
 * at once, so that claims stay in their order of arrival.
 */
export class ClaimLimits {
  readonly #counts: LRUCache<string, { claims: number }>;

  constructor(clock: Clock) {
    const perf = { now: () => clock() * 1000 };
    this.#counts = new LRUCache({ max: REMEMBERED, ttl: MINUTE_MS - 1, ttlResolution: 0, perf });
  }

  /** Counts a claim; a refusal if it is one too many in its minute. */
  take({ appid, settings }: App, openid: string): Refusal | undefined {
    const { claimsPerMinute, claimsPerMinuteOfPerson } = settings;
    return (
      this.#count("app_claims_exceeded", claimsPerMinute, appid) ??
      this.#count("person_claims_exceeded", claimsPerMinuteOfPerson, `${appid}\0${openid}`)
    );
  }

  #count(refused: "app_claims_exceeded" | "person_claims_exceeded", limit: number | null, key: string) {
    if (limit === null) return;
    const count = this.#counts.get(key);
    if (!count) this.#counts.set(key, { claims: 1 });
    else if (count.claims < limit) count.claims++;
    else return refuse(refused, { limit, seconds: Math.ceil(this.#counts.getRemainingTTL(key) / 1000) });
  }
}
