import type { OperatedCoupon } from "@quanku/sdk/admin";
import { Button, Input, Select } from "antd";
import { useEffect, useState } from "react";
import { statusWords } from "../../ui/status.tsx";
import { useUrlState } from "../../ui/url-state.ts";
import { useWords } from "../../words/table.ts";
import { type CouponType, typeNumbers, types, words } from "./words.ts";

const statuses: readonly OperatedCoupon["status"][] = ["draft", "active", "expired", "void", "withdrawn"];

/** How long after the last key what was typed goes into the address, in milliseconds. */
const PAUSE = 250;

type Filters = {
  status: OperatedCoupon["status"] | undefined;
  type: CouponType | undefined;
  name: string | undefined;
};
type Named = "status" | "type" | "name";

/** What the address asks for, as the server takes it; what it would refuse is left out. */
export function useFilters(): Filters {
  const [{ status, type, name }] = useUrlState<Named>();
  return {
    status: statuses.find((one) => one === status),
    type: typeNumbers.find((one) => String(one) === type),
    name: name?.slice(0, 120) || undefined,
  };
}

export const isFiltered = (filters: Filters): boolean => Object.values(filters).some((value) => value !== undefined);

/** Narrows the list by name, status and type; all of it stands in the address. */
export function CouponFilters() {
  const say = useWords(words);
  const sayStatus = useWords(statusWords);
  const sayType = useWords(types);
  const filters = useFilters();
  const [, setUrl] = useUrlState<Named>();
  return (
    <div className="filters">
      <NameFilter />
      <div className="chips" role="group" aria-label={say("status")}>
        {[undefined, ...statuses].map((status) => (
          <button
            type="button"
            key={status ?? "any"}
            className="chip"
            aria-pressed={filters.status === status}
            onClick={() => setUrl({ status })}
          >
            {status === undefined ? say("anyStatus") : sayStatus(status)}
          </button>
        ))}
      </div>
      <Select
        className="type-filter"
        aria-label={say("type")}
        value={filters.type ?? null}
        placeholder={say("anyType")}
        allowClear
        popupMatchSelectWidth={false}
        options={typeNumbers.map((value) => ({ value, label: sayType(`${value}`) }))}
        onChange={(type: CouponType | null | undefined) => setUrl({ type: type ? String(type) : undefined })}
      />
      {isFiltered(filters) && (
        <Button type="link" onClick={() => setUrl({ status: undefined, type: undefined, name: undefined })}>
          {say("clear")}
        </Button>
      )}
    </div>
  );
}

/** What is typed goes into the address a moment later; where the address changes otherwise, the field follows. */
function NameFilter() {
  const say = useWords(words);
  const [{ name = "" }, setUrl] = useUrlState<"name">();
  const [typed, setTyped] = useState(name);
  const [told, setTold] = useState(name);
  if (told !== name) {
    setTold(name);
    if (typed.trim() !== name) setTyped(name);
  }
  useEffect(() => {
    if (typed.trim() === name) return;
    const timer = setTimeout(() => setUrl({ name: typed.trim() }), PAUSE);
    return () => clearTimeout(timer);
  });
  return (
    <Input.Search
      className="name-filter"
      aria-label={say("search")}
      placeholder={say("search")}
      value={typed}
      maxLength={120}
      allowClear
      onChange={(event) => setTyped(event.target.value)}
      onSearch={(text) => setUrl({ name: text.trim() })}
    />
  );
}
