import { AdminError, createAdminClient } from "@quanku/sdk/admin";

/** The server that this page comes from, asked as whoever is signed in, in the language that the page is in. */
export const client = createAdminClient({
  baseUrl: location.origin,
  language: () => (document.documentElement.lang.startsWith("zh") ? "zh" : "en"),
});

/** Whether a failure says that nobody is signed in, or no longer. */
export const isSignedOut = (error: unknown): boolean => error instanceof AdminError && error.code === "sign_in";
