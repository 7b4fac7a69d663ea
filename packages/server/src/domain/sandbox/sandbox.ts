import { type Refusal, refuse } from "../outcome.ts";
import type { App } from "../records.ts";
import type { Records } from "../working-copy.ts";
import type { Sandbox } from "./state.ts";

/** An app that is a sandbox. */
export type SandboxApp = App & { sandbox: Sandbox };

/** Whether an app is a sandbox: that is decided when it is made, once and for all. */
export const isSandbox = (app: App): app is SandboxApp => app.sandbox !== null;

/** The app, if it is a sandbox; or why not. */
export function sandboxOf(records: Records, appid: string): SandboxApp | Refusal {
  const app = records.app(appid);
  if (!app) return refuse("unknown_app", { appid });
  return isSandbox(app) ? app : refuse("not_sandbox", { appid });
}
