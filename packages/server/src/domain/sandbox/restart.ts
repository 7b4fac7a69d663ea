import type { App, AppSettings, TokenState } from "../records.ts";
import { type AppClock, realTime, timeOfApp } from "./clock.ts";
import type { SandboxApp } from "./sandbox.ts";
import { newSandbox } from "./state.ts";

/** What a saved state says of its app itself: how its clock went, at which second of it, and how the app was set. */
export type SavedApp = { clock: AppClock; time: number; settings: AppSettings; confirmedUrl: string | null };

/** A sandbox app as it begins again when it is really `real`: at that time, without faults. What it is stays. */
export const begunAnew = (app: SandboxApp, real: number): SandboxApp => at(app, realTime, real);

/** A sandbox app as it was saved: its clock stands where it stood, or goes on from the second at which it was saved. */
export const restoredTo = (app: SandboxApp, saved: SavedApp, real: number): SandboxApp => {
  const { clock, time, settings, confirmedUrl } = saved;
  const from = clock.frozenAt === null ? { ahead: time - real, frozenAt: null } : clock;
  return { ...at(app, from, real), settings, confirmedUrl };
};

/** A token goes on being good for as long as it was, whatever its app's clock jumps over. */
function at(app: SandboxApp, clock: AppClock, real: number): SandboxApp {
  const sandbox = { ...newSandbox, clock };
  const by = timeOfApp({ sandbox }, real) - timeOfApp(app, real);
  const { regular, stable } = app.tokens;
  const tokens: App["tokens"] = { regular: moved(regular, by), stable: moved(stable, by) };
  return { ...app, tokens, exported: null, sandbox };
}

function moved(state: TokenState, by: number): TokenState {
  const token = (issued: TokenState["current"]) =>
    issued && { ...issued, expiresAt: issued.expiresAt + by, honouredUntil: issued.honouredUntil + by };
  const forcedAt = state.forcedAt === 0 ? 0 : state.forcedAt + by;
  return { ...state, current: token(state.current), previous: token(state.previous), forcedAt };
}
