/**
 * The clock of a sandbox app. `ahead`: by how many seconds it is before the real time while it goes. `frozenAt`: the second
 * at which it stands still; null: it goes.
 */
export type AppClock = { ahead: number; frozenAt: number | null };

/** A clock that nobody moved. */
export const realTime: AppClock = { ahead: 0, frozenAt: null };

/** The latest second that the wire can carry: some clients read 32-bit integers. There a clock stands. */
export const LAST_SECOND = 2_147_483_647;

/** What an app's clock shows when it is `real`, Unix seconds. Where there is no sandbox, real time is the app's. */
export const timeOf = (clock: AppClock | null | undefined, real: number): number =>
  clock ? (clock.frozenAt ?? Math.min(real + clock.ahead, LAST_SECOND)) : real;

/** What the app's clock shows when it is `real`. */
export const timeOfApp = ({ sandbox }: { sandbox: { clock: AppClock } | null }, real: number): number =>
  timeOf(sandbox?.clock, real);
