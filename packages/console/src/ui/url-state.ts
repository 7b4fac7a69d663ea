import { useNavigate, useSearch } from "@tanstack/react-router";

/** What the address says after `?`, by its names, and how it is changed: a view is a link. Empty texts leave the address. */
export function useUrlState<Name extends string>(): [
  Readonly<Partial<Record<Name, string>>>,
  (changed: Readonly<Partial<Record<Name, string | undefined>>>) => void,
] {
  const search = useSearch({ strict: false }) as Partial<Record<Name, string>>;
  const navigate = useNavigate();
  return [
    search,
    (changed) =>
      void navigate({
        to: ".",
        search: (before: Record<string, unknown>) =>
          Object.fromEntries(
            Object.entries({ ...before, ...changed }).filter(([, value]) => value !== undefined && value !== ""),
          ),
        replace: true,
      }),
  ];
}
