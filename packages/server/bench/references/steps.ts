/** The stairs of staircase.ts, from nothing but bare `node:http` upwards: each does all that those before do, and one thing more. */
export const steps = ["json", "token", "checks", "memory", "file", "journal"] as const;
export type Step = (typeof steps)[number];
