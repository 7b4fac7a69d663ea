/** What the fetches of tokens are called, as calls are by their names. */
export const tokenCallNames = ["token", "stable_token"] as const;
