import type { Pages } from "../data/calls.ts";

/** A list that one call answers whole, as `Rows` takes lists. */
export const whole = <Entry>({
  data,
  isPending,
  error,
  refetch,
}: {
  data: { entries: Entry[] } | undefined;
  isPending: boolean;
  error: Pages<Entry>["error"];
  refetch(): unknown;
}): Pages<Entry> => ({
  entries: data?.entries ?? [],
  isPending,
  isReading: false,
  hasMore: false,
  error,
  more() {},
  again: () => void refetch(),
});
