import { AdminError } from "@quanku/sdk/admin";
import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { isSignedOut } from "./client.ts";

/** Whether the same call may succeed a moment later. */
const passes = (error: unknown) =>
  error instanceof AdminError && (error.code === "network" || error.code === "busy" || (error.status ?? 0) >= 500);

/** Asks who is signed in once more as soon as a reply says that nobody is. */
const noticing = (error: unknown) => {
  if (isSignedOut(error)) void queries.invalidateQueries({ queryKey: ["showSession"] });
};

/** What was read of the server, by call and input; read again when it is looked at and older than a few seconds. */
export const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, query) => {
      if (query.queryKey[0] !== "showSession") noticing(error);
    },
  }),
  mutationCache: new MutationCache({ onError: noticing }),
  defaultOptions: {
    queries: { staleTime: 5000, retry: (times, error) => times < 2 && passes(error), refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
});
