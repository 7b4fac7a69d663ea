import { refuse } from "../../../domain/outcome.ts";
import { isSandbox, type SandboxApp } from "../../../domain/sandbox/sandbox.ts";
import type { AdminServices } from "../handler.ts";
import { type Problem, problemOf } from "../problem.ts";

/** The sandbox app that a call was let in for, or why it is none. */
export async function sandboxApp({ apps }: Pick<AdminServices, "apps">, appid: string): Promise<SandboxApp | Problem> {
  const app = await apps.find(appid);
  if (!app) return problemOf(refuse("unknown_app", { appid }));
  return isSandbox(app) ? app : problemOf(refuse("not_sandbox", { appid }));
}
