import { AdminError } from "@quanku/sdk/admin";
import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { isSignedOut } from "./client.ts";
import { noteReached, wasReached } from "./reachable.ts";

/** Whether the same call may succeed a moment later. */
const passes = (error: unknown) =>
  error instanceof AdminError && (error.code === "network" || error.code === "busy" || (error.status ?? 0) >= 500);

/** Asks who is signed in once more as soon as a reply says that nobody is, and notes that the server cannot be reached. */
const noticing = (error: unknown) => {
  if (isSignedOut(error)) void queries.invalidateQueries({ queryKey: ["showSession"] });
  if (error instanceof AdminError && error.code === "network") noteReached(false);
};

/** What is shown may be old once the server is reached again. */
const reached = () => {
  if (noteReached(true)) void queries.invalidateQueries();
};

/** What was read of the server, by call and input; read again when it is looked at and older than a few seconds. */
export const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, query) => {
      if (query.queryKey[0] !== "showSession" || !isSignedOut(error)) noticing(error);
    },
    onSuccess: reached,
  }),
  mutationCache: new MutationCache({ onError: noticing }),
  defaultOptions: {
    // A call fails where there is no network, rather than being made later when nobody expects it.
    queries: {
      networkMode: "always",
      staleTime: 5000,
      retry: (times, error) => times < 2 && wasReached() && passes(error),
      retryDelay: (times) => 300 * 2 ** times,
      refetchOnWindowFocus: true,
    },
    mutations: { networkMode: "always", retry: false },
  },
});
