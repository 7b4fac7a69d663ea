import { hash } from "node:crypto";
import { canBeName } from "../domain/sandbox/persons.ts";
import type { StoreReads } from "../store/store.ts";

/**
 * The openid that a code stands for in an app where nobody has it for a name: always the same one, whichever process
 * answers, and another in each app. It looks like the platform's: `o` and 27 characters of base64url.
 */
export const openidOfCode = (appid: string, code: string): string =>
  `o${hash("sha256", `openid\0${appid}\0${code}`, "base64url").slice(0, 27)}`;

/** Who logs in to a sandbox app with a code: the person of that name, else whom the code stands for. */
export async function personOfCode(
  reads: Pick<StoreReads, "person">,
  appid: string,
  code: string,
): Promise<{ openid: string; unionid: string | null }> {
  const person = canBeName(code) ? await reads.person(appid, code) : undefined;
  return person ?? { openid: openidOfCode(appid, code), unionid: null };
}
