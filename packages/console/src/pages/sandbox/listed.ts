import type { AdminError } from "@quanku/sdk/admin";
import type { Pages } from "../../data/calls.ts";

/** A list that comes whole, as lists are drawn. */
export const listed = <Entry>(query: {
  data: { entries: Entry[] } | undefined;
  isPending: boolean;
  error: AdminError | null;
  refetch(): unknown;
}): Pages<Entry> => ({
  entries: query.data?.entries ?? [],
  isPending: query.isPending,
  isReading: false,
  hasMore: false,
  error: query.error,
  more() {},
  again: () => void query.refetch(),
});
