import { existsSync, readFileSync } from "node:fs";
import type { CallName } from "@quanku/protocol/calls";

/**
 * Real bodies: `documented` are the platform's own samples, which the server is held to (`test/wire/documented.test.ts`);
 * `ours` are what a server was asked and answered in our calls (`test/wire/our-bodies.test.ts`).
 */
type Origin = "documented" | "ours";

const place = (origin: Origin, name: string) => new URL(`${origin}/${name}.json`, import.meta.url);

/** A body as it stands in its file; `name` is `<call>.request` or `<call>.response`. */
export const bodyText = (origin: Origin, name: string): string => readFileSync(place(origin, name), "utf8");

/** A real body of a call. Where none is kept it is the one that there can be: no field, or `errcode` alone. */
export function exampleOf(call: CallName, side: "request" | "response"): object {
  const origin = (["documented", "ours"] as const).find((one) => existsSync(place(one, `${call}.${side}`)));
  if (origin) return JSON.parse(bodyText(origin, `${call}.${side}`));
  return side === "request" ? {} : { errcode: 0 };
}
