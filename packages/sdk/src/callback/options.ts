import type { Claim, Decision } from "./claim.ts";
import type { CallbackMemory } from "./memory.ts";

/** What went wrong, in words without token and key. `error`: what the merchant's own code threw. */
export type CallbackProblem = { problem: string; error?: unknown };

export type CallbackOptions = {
  /** The app whose pushes come. */
  appid: string;
  /** Signs pushes and encrypted answers. */
  token: string;
  /**
   * Encrypts both, in secure and compatible mode: 43 characters. Where it is given only encrypted pushes are taken;
   * leave it out in plain mode.
   */
  encodingAesKey?: string | undefined;
  /**
   * Decides a claim. What it throws is told as `system`, without its words. It has about 2.5 seconds; a claim is asked
   * about again after that, and shares the decision under way. A claim that was granted is answered the same without it
   * for an hour, while it is remembered; so grant by `request_id` in your own data too.
   */
  onClaim(claim: Claim): Decision | Promise<Decision>;
  /**
   * Told when the platform has checked this callback and the handler has answered: `url` is the check of the URL when it
   * is set, `confirm` the test claim of the `confirm` call. Both are answered without it.
   */
  onVerify?: ((check: "url" | "confirm") => void | Promise<void>) | undefined;
  /**
   * Told every other event and message that comes to this URL, as it came; a mini program has one URL for all. `success`
   * is answered afterwards; where it throws HTTP 500, after which the platform sends it again.
   */
  onOtherEvent?: ((fields: Readonly<Record<string, unknown>>) => void | Promise<void>) | undefined;
  /** Told what was refused and what failed; written to the console unless given. */
  onProblem?: ((problem: CallbackProblem) => void) | undefined;
  /** Shared by several processes on one URL; this process's own unless given. */
  memory?: CallbackMemory | undefined;
  /** The time in Unix seconds; the system's unless given. */
  clock?: (() => number) | undefined;
};

/** Tells problems as the options say; never throws. */
export function tellerOf({ onProblem, token, encodingAesKey }: CallbackOptions): (problem: CallbackProblem) => void {
  const secrets = [token, encodingAesKey].filter((secret) => secret !== undefined);
  const toConsole = ({ problem, error }: CallbackProblem) => {
    const cause = error === undefined ? "" : `\n${error instanceof Error ? error.stack : String(error)}`;
    const text = `callback: ${problem}${cause}`;
    console.error(secrets.reduce((told, secret) => told.replaceAll(secret, "***"), text));
  };
  return (problem) => {
    try {
      (onProblem ?? toConsole)(problem);
    } catch {
      // Whoever cannot be told of a problem cannot be told of this one either.
    }
  };
}
