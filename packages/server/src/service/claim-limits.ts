import { type Refusal, refuse } from "../domain/outcome.ts";
import type { App } from "../domain/records.ts";
import { timeOfApp } from "../domain/sandbox/clock.ts";
import type { Clock } from "./clock.ts";

const MINUTE = 60;
/** How many people are remembered; each app that counts has an equal share of them. */
const REMEMBERED = 200_000;
/** Which part of an app's people is forgotten where there are too many: one of so many. */
const FORGOTTEN_PART = 32;

/** The claims of a minute that began at `since`, in Unix seconds of the app's clock. */
type Count = { since: number; claims: number };

/** An app's claims, and those of its people in the order their minutes began. */
type AppCounts = {
  ofApp: Count | undefined;
  ofPeople: Map<string, Count>;
  /** The app as it last claimed, with its clock. */
  app: App;
};

/**
 * How often claims are let through, for each app and each person of it, as the app's settings say; a minute begins with
 * the first claim in it by the app's clock, and anew where that is set back. Counted in this process: behind a load balancer each
 * process lets through as many. Where an app has more people than can be remembered, those whose minute began first are
 * forgotten, never another app's. It decides at once, so that claims stay in their order of arrival.
 */
export class ClaimLimits {
  readonly #clock: Clock;
  readonly #remembered: number;
  readonly #apps = new Map<string, AppCounts>();
  /** When what is over was last cleared away everywhere, by real time. */
  #cleared = 0;

  constructor(clock: Clock, remembered = REMEMBERED) {
    this.#clock = clock;
    this.#remembered = remembered;
  }

  /** Counts a claim; a refusal, and nothing counted, if it is one too many in its minute. */
  take(app: App, openid: string): Refusal | undefined {
    const { appid, settings } = app;
    const { claimsPerMinute, claimsPerMinuteOfPerson } = settings;
    if (claimsPerMinute === null && claimsPerMinuteOfPerson === null) return;
    const real = this.#clock();
    this.#clear(real);
    const counts = this.#apps.get(appid) ?? { ofApp: undefined, ofPeople: new Map(), app };
    counts.app = app;
    this.#apps.set(appid, counts);
    const now = timeOfApp(app, real);
    const ofApp = claimsPerMinute === null ? undefined : appCount(counts, now);
    const ofPerson = claimsPerMinuteOfPerson === null ? undefined : this.#personCount(counts, openid, now);
    const exceeded =
      exceeding("app_claims_exceeded", ofApp, claimsPerMinute, now) ??
      exceeding("person_claims_exceeded", ofPerson, claimsPerMinuteOfPerson, now);
    if (exceeded) return exceeded;
    for (const count of [ofApp, ofPerson]) if (count) count.claims++;
    return undefined;
  }

  /** Takes back a claim that was counted: it repeated one that was decided. */
  forgive({ appid }: App, openid: string): void {
    const counts = this.#apps.get(appid);
    for (const count of [counts?.ofApp, counts?.ofPeople.get(openid)]) if (count && count.claims > 0) count.claims--;
  }

  #personCount({ ofPeople }: AppCounts, openid: string, now: number): Count {
    const known = ofPeople.get(openid);
    if (known && !isOver(known, now)) return known;
    if (known) ofPeople.delete(openid);
    if (ofPeople.size >= this.#remembered / this.#apps.size) forgetFirst(ofPeople);
    const count = { since: now, claims: 0 };
    ofPeople.set(openid, count);
    return count;
  }

  /** Forgets, once a minute, everything that is over. */
  #clear(real: number): void {
    if (!isOver({ since: this.#cleared, claims: 0 }, real)) return;
    this.#cleared = real;
    for (const [appid, { ofApp, ofPeople, app }] of this.#apps) {
      const now = timeOfApp(app, real);
      for (const [openid, count] of ofPeople) {
        if (!isOver(count, now)) break;
        ofPeople.delete(openid);
      }
      if (ofPeople.size === 0 && (!ofApp || isOver(ofApp, now))) this.#apps.delete(appid);
    }
  }
}

/** Whether its minute has passed; also where the clock says that it has not begun. */
const isOver = ({ since }: Count, now: number) => now < since || now >= since + MINUTE;

function appCount(counts: AppCounts, now: number): Count {
  if (!counts.ofApp || isOver(counts.ofApp, now)) counts.ofApp = { since: now, claims: 0 };
  return counts.ofApp;
}

function exceeding(
  refused: "app_claims_exceeded" | "person_claims_exceeded",
  count: Count | undefined,
  limit: number | null,
  now: number,
): Refusal | undefined {
  if (count && limit !== null && count.claims >= limit)
    return refuse(refused, { limit, seconds: count.since + MINUTE - now });
}

/** Forgets some at once: to find the first, a map passes over all that were deleted before it. */
function forgetFirst(ofPeople: Map<string, Count>): void {
  let left = ofPeople.size / FORGOTTEN_PART;
  for (const openid of ofPeople.keys()) {
    ofPeople.delete(openid);
    if (--left <= 0) return;
  }
}
