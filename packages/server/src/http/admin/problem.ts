import { errorText } from "@quanku/protocol/codes";
import { type Refusal, type RefusalCode, refusals } from "../../domain/outcome.ts";
import { tellRefusal } from "../../wire/refusals.ts";

/** What is wrong with one field of what was asked. */
export type FieldFault = { field: string; detail: string };

/** Why an operator's call was not done, as RFC 9457 tells it. It changed nothing. */
export type Problem = {
  status: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 422 | 429 | 500 | 503;
  /** What kind it is, for programs. */
  problem: string;
  /** In words, and what to do. */
  detail: string;
  errors?: readonly FieldFault[];
  /** After how many seconds to try again. */
  retryAfter?: number;
  headers?: Readonly<Record<string, string>>;
};

export const problem = (status: Problem["status"], kind: string, detail: string): Problem => ({
  status,
  problem: kind,
  detail,
});

/** A fault of one field. */
export const faultIn = (field: string, detail: string): Problem => ({
  status: 400,
  problem: "invalid_field",
  detail: `${field} ${detail}`,
  errors: [{ field, detail }],
});

export const isProblem = (answer: object): answer is Problem => "problem" in answer;

const isUnknown = (code: RefusalCode): boolean => code.startsWith("unknown_");

/** A refusal of the rules as a problem; its words are the wire's. */
export function problemOf(refusal: Refusal): Problem {
  const { refused } = refusal;
  const told = tellRefusal(refusal);
  const detail = told.detail ?? errorText(told);
  if (isUnknown(refused)) return problem(404, refused, detail);
  return refusals[refused].transient && refused.endsWith("_exceeded")
    ? { ...problem(429, refused, detail), retryAfter: 60 }
    : problem(409, refused, detail);
}

/** Nothing that is answered is kept by a browser or a proxy, nor read as anything but what it says it is. */
export const always = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

/** A problem as a reply, under its request's id. */
export function problemResponse(
  { status, problem, detail, errors, retryAfter, headers: more }: Problem,
  rid: string,
): Response {
  const headers: Record<string, string> = {
    ...always,
    ...more,
    "content-type": "application/problem+json; charset=utf-8",
  };
  if (retryAfter !== undefined) headers["retry-after"] = String(retryAfter);
  const title = titles[status];
  const body = JSON.stringify({
    type: `urn:quanku:problem:${problem}`,
    title,
    status,
    detail,
    code: problem,
    errors,
    rid,
  });
  return new Response(body, { status, headers });
}

const titles: Record<Problem["status"], string> = {
  400: "The request cannot be read",
  401: "Sign in first",
  403: "Not allowed",
  404: "Not found",
  405: "Not a method of this path",
  409: "Not possible as things are",
  413: "Too large",
  415: "Not a media type that is read",
  422: "The file cannot be read",
  429: "Too many",
  500: "Something went wrong here",
  503: "Busy",
};
