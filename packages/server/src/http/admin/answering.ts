import type { RouteName } from "@quanku/protocol/admin";
import { routeOf } from "@quanku/protocol/admin";
import type { Context } from "hono";
import { NoTurnError } from "../../service/turns.ts";
import { StoreBusyError } from "../../store/store.ts";
import { newRid } from "../reply.ts";
import type { AdminAnswer, AdminServices } from "./handler.ts";
import { languageOf } from "./language.ts";
import { always, busy, isProblem, type Problem, problem, problemResponse } from "./problem.ts";
import { UploadFault } from "./upload.ts";

type Answer = AdminAnswer<RouteName>;

/**
 * Turns what a call comes to into a reply, counts it, and logs failures under their rid. Of a request its call's name is
 * logged, and a detail, which may repeat an id. Not so the name of a field that is unknown: it may be a misplaced secret.
 */
export function answering(
  name: RouteName | "unknown",
  call: (c: Context) => Promise<Answer>,
  { clock, log, metrics }: AdminServices,
): (c: Context) => Promise<Response> {
  return async (c) => {
    const answered = metrics.operatorCall(name);
    let answer: Answer;
    let cause: unknown;
    try {
      answer = await call(c);
    } catch (error) {
      answer = problemIn(error);
      if (answer.status === 500) cause = error;
    }
    const rid = newRid(clock());
    const fails = (error: unknown) =>
      log.error({ rid, call: name, err: error }, "an operator's call failed on its way");
    const response = isProblem(answer)
      ? problemResponse(answer, rid, languageOf(c.req.header("accept-language")))
      : replyOf(name, answer, fails);
    answered(response.status);
    if (!isProblem(answer)) return response;
    const { status, problem: kind } = answer;
    const detail = kind === "invalid_field" ? undefined : answer.detail;
    if (cause && c.req.raw.signal.aborted) log.debug({ rid, call: name }, "client went away");
    else if (cause) log.error({ rid, call: name, status, err: cause }, "an operator's call failed");
    else log.info({ rid, call: name, status, problem: kind, detail }, "an operator's call was refused");
    return response;
  };
}

function problemIn(error: unknown): Problem {
  if (error instanceof UploadFault) return error.problem;
  if (error instanceof StoreBusyError || error instanceof NoTurnError) return busy(error.message);
  return problem(
    500,
    "fault",
    "this is a fault of the server: its log tells more under this rid",
    "服务器出错：可凭此 rid 在日志中查到原因",
  );
}

function replyOf(name: RouteName | "unknown", answer: Exclude<Answer, Problem>, fails: (error: unknown) => void) {
  const headers: Record<string, string> = { ...always, ...answer.headers };
  if ("seeOther" in answer)
    return new Response(null, { status: 303, headers: { ...headers, location: answer.seeOther } });
  if ("file" in answer) {
    if (name !== "unknown" && routeOf(name).download === "text/event-stream") headers["x-accel-buffering"] = "no";
    return new Response(streamed(answer.file, fails), { headers: { ...headers, "content-type": answer.type } });
  }
  const text = "json" in answer ? answer.json : JSON.stringify(answer.reply);
  return new Response(text, { headers: { ...headers, "content-type": "application/json; charset=utf-8" } });
}

/** Sends pieces as fast as they are taken, and ends making them when nobody takes them any more. */
function streamed(pieces: AsyncIterable<string>, fails: (error: unknown) => void): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  let isLeft = false;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await iterator.next();
          if (isLeft) return;
          if (done) controller.close();
          else controller.enqueue(encoder.encode(value));
        } catch (error) {
          if (isLeft) return;
          fails(error);
          controller.error(error);
        }
      },
      async cancel() {
        isLeft = true;
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
