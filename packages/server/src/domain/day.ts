const DAY = 86_400;
/** How far UTC+8 is ahead of UTC, in seconds. */
const AHEAD = 8 * 3600;

/** The day of the shop (UTC+8) that a second (Unix) is in, in days since 1970. */
export const dayOf = (second: number): number => Math.floor((second + AHEAD) / DAY);
