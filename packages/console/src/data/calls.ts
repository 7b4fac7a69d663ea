import type { AdminCallName, AdminError, AdminInputs, AdminReplies } from "@quanku/sdk/admin";
import {
  keepPreviousData,
  type Query,
  type UseMutationResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
} from "@tanstack/react-query";
import { client } from "./client.ts";
import { queries } from "./queries.ts";

type Calls = {
  [Name in AdminCallName]: (
    input: AdminInputs[Name],
    how?: { signal?: AbortSignal | undefined },
  ) => Promise<AdminReplies[Name]>;
};
const calls = client as unknown as Calls;

/** The calls that answer pages. */
export type PagedName = {
  [Name in AdminCallName]: AdminReplies[Name] extends { next: string | null; entries: unknown[] } ? Name : never;
}[AdminCallName];
type EntryOf<Name extends PagedName> = AdminReplies[Name] extends { entries: (infer Entry)[] } ? Entry : never;

/** What a call answers, read when it is first shown and again as it becomes old. */
export function useCall<Name extends AdminCallName>(
  name: Name,
  input: AdminInputs[Name],
  {
    enabled = true,
    every,
    keeps = false,
  }: {
    /** Whether it is read at all. */
    enabled?: boolean;
    /** Read again after so many milliseconds, as long as it is shown. */
    every?: number | ((reply: AdminReplies[Name] | undefined) => number);
    /** Whether the reply to the input before is shown until there is one to this. */
    keeps?: boolean;
  } = {},
): UseQueryResult<AdminReplies[Name], AdminError> {
  return useQuery<AdminReplies[Name], AdminError>({
    queryKey: [name, input],
    queryFn: ({ signal }) => calls[name](input, { signal }),
    enabled,
    ...(every !== undefined && {
      refetchInterval: typeof every === "number" ? every : ({ state }) => every(state.data),
    }),
    ...(keeps && { placeholderData: keepPreviousData }),
  });
}

/** A list as far as it was read. */
export type Pages<Entry> = {
  entries: readonly Entry[];
  /** Whether nothing was read yet. */
  isPending: boolean;
  /** Whether a further page is being read. */
  isReading: boolean;
  hasMore: boolean;
  error: AdminError | null;
  more(): void;
  again(): void;
};

/** A list, page after page, as somebody scrolls. */
export function usePages<Name extends PagedName>(
  name: Name,
  input: Omit<AdminInputs[Name], "cursor">,
  { enabled = true, every }: { enabled?: boolean; every?: number } = {},
): Pages<EntryOf<Name>> {
  const query = useInfiniteQuery({
    queryKey: [name, input],
    queryFn: ({ pageParam, signal }) =>
      calls[name]({ ...input, cursor: pageParam ?? undefined } as AdminInputs[Name], { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => (page as { next: string | null }).next,
    enabled,
    ...(every !== undefined && { refetchInterval: every }),
  });
  return {
    entries: query.data?.pages.flatMap((page) => page.entries as EntryOf<Name>[]) ?? [],
    isPending: query.isPending,
    isReading: query.isFetchingNextPage,
    hasMore: query.hasNextPage,
    error: query.error as AdminError | null,
    more: () => {
      if (query.hasNextPage && !query.isFetching) void query.fetchNextPage();
    },
    again: () => void query.refetch(),
  };
}

/** Makes a call that changes something; what is shown of its app, or of everything, is read again then. */
export function useChange<Name extends AdminCallName>(
  name: Name,
): UseMutationResult<AdminReplies[Name], AdminError, AdminInputs[Name]> {
  return useMutation({
    mutationFn: (input: AdminInputs[Name]) => calls[name](input),
    onSuccess: (_, input) => readAgain((input as { appid?: string } | undefined)?.appid),
  });
}

/** Makes a call once, outside of what is shown. */
export const make = <Name extends AdminCallName>(name: Name, input: AdminInputs[Name]): Promise<AdminReplies[Name]> =>
  calls[name](input);

/** How many pages of a list are read again as something changes. A longer one would be read by page after page each time. */
const MOST_AGAIN = 5;

/** Has everything that is shown of an app read again; of all apps where none is named. Long lists wait until they are opened anew. */
export async function readAgain(appid: string | undefined): Promise<void> {
  const isOf = ({ queryKey: [, input] }: Query) => appid === undefined || (input as { appid?: string }).appid === appid;
  const isLong = ({ state: { data } }: Query) => ((data as { pages?: unknown[] })?.pages?.length ?? 0) > MOST_AGAIN;
  await Promise.all([
    queries.invalidateQueries({ predicate: (query) => isOf(query) && !isLong(query) }),
    queries.invalidateQueries({ predicate: (query) => isOf(query) && isLong(query), refetchType: "none" }),
  ]);
}
