/** How an app's clock goes: what it showed when everybody's was at a second, and whether it stands there since. */
export type Watch = { showed: number; when: number; stands: boolean };

/** A clock that nobody has touched goes with everybody's. */
export const untouched: Watch = { showed: 0, when: 0, stands: false };

export const shownBy = ({ showed, when, stands }: Watch, real: number): number =>
  stands ? showed : showed + (real - when);
