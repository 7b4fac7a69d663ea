import { Agreement, type Opened } from "./agreement.ts";
import { readBody } from "./body.ts";
import { answerOf, claimOf, failed, isClaimEvent, isTest, testClaim } from "./claim.ts";
import { Decisions } from "./decisions.ts";
import { LocalMemory } from "./memory.ts";
import { type CallbackOptions, tellerOf } from "./options.ts";
import { Refusal } from "./refusal.ts";

/** Answers one request of the platform's; never rejects. */
export type CallbackHandler = (request: Request) => Promise<Response>;

const systemClock = () => Math.floor(Date.now() / 1000);

/**
 * A merchant's callback (protocol.md section 6) for every runtime with fetch: Node.js 20 and newer, Deno, Bun, Workers.
 * It answers URL checks, the test of `confirm`, and claims as `onClaim` decides, in JSON and XML, in plain, compatible
 * and secure mode, in the format and with the encryption that was asked with.
 *
 * What is forged or replayed is answered 403 without a word, whatever was wrong with it; `onProblem` is told. A body
 * beyond 65 536 bytes is answered 413, another method than GET and POST 405. Throws where the options cannot be right.
 */
export function createCallbackHandler(options: CallbackOptions): CallbackHandler {
  const { onClaim, onVerify, onOtherEvent, clock = systemClock } = options;
  const agreement = new Agreement(options, clock);
  const tell = tellerOf(options);
  const nonces = options.memory ?? new LocalMemory(clock);
  const decisions = new Decisions(onClaim, tell, options.memory ?? new LocalMemory(clock));

  /** Checks who asks; what is not refused is new once `opening` has succeeded too. */
  async function authentic<T>(query: URLSearchParams, opening: (signed: Signed) => Promise<T>): Promise<T> {
    const signed = await agreement.checkSignature(query);
    const opened = await opening(signed);
    // The signature covers timestamp and nonce, however they are spelled.
    if (!(await nonces.add(`push:${signed.signature}`, "", signed.seconds)))
      throw new Refusal("the request was replayed: its timestamp and nonce were seen before");
    return opened;
  }

  async function verified(check: "url" | "confirm"): Promise<void> {
    try {
      await onVerify?.(check);
    } catch (error) {
      tell({ problem: `onVerify failed after the ${check} check`, error });
    }
  }

  async function echo(query: URLSearchParams): Promise<Response> {
    const echostr = await authentic(query, async () => query.get("echostr"));
    if (echostr === null) throw new Refusal("the query has no echostr");
    await verified("url");
    return textResponse(echostr);
  }

  async function answer(opened: Opened): Promise<Response> {
    if (!isClaimEvent(opened.fields)) {
      await onOtherEvent?.(opened.fields);
      return textResponse("success");
    }
    const claim = claimOf(opened.fields);
    if (isTest(claim)) await verified("confirm");
    const decision = isTest(claim) ? { granted: testClaim.out_user_coupon_id } : await decisions.on(claim);
    try {
      return await agreement.reply(answerOf(claim, decision), opened);
    } catch (error) {
      tell({ problem: "the decision cannot be written down, and the claim was declined as system", error });
      return agreement.reply(answerOf(claim, failed), opened);
    }
  }

  async function serve(request: Request): Promise<Response> {
    const query = new URL(request.url).searchParams;
    if (request.method === "GET") return echo(query);
    if (request.method !== "POST") throw new Refusal(`${request.method} is neither GET nor POST`, 405);
    return answer(await authentic(query, async (signed) => agreement.open(await readBody(request), query, signed)));
  }

  return async (request) => {
    try {
      return await serve(request);
    } catch (error) {
      if (!(error instanceof Refusal)) {
        tell({ problem: "the request could not be answered", error });
        return new Response(null, { status: 500 });
      }
      tell({ problem: `refused with ${error.status}: ${error.message}` });
      return new Response(null, {
        status: error.status,
        ...(error.status === 405 && { headers: { allow: "GET, POST" } }),
      });
    }
  };
}

type Signed = Awaited<ReturnType<Agreement["checkSignature"]>>;

/** Text that no browser takes for a page. */
const textResponse = (text: string): Response =>
  new Response(text, {
    headers: { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" },
  });
