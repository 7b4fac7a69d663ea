/**
 * The clock of a sandbox app. `ahead`: by how many seconds it is before the real time while it goes. `frozenAt`: the second
 * at which it stands still; null: it goes.
 */
export type AppClock = { ahead: number; frozenAt: number | null };

/** A clock that nobody moved. */
export const realTime: AppClock = { ahead: 0, frozenAt: null };

/** What an app's clock shows when it is `real`, Unix seconds. Where there is no sandbox, real time is the app's. */
export const timeOf = (clock: AppClock | null | undefined, real: number): number =>
  clock ? (clock.frozenAt ?? real + clock.ahead) : real;

/** What the app's clock shows when it is `real`. */
export const timeOfApp = ({ sandbox }: { sandbox: { clock: AppClock } | null }, real: number): number =>
  timeOf(sandbox?.clock, real);
