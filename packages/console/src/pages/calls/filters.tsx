import { callPaths } from "@quanku/sdk";
import { Button, Input, Select } from "antd";
import { errcodeOptions } from "../../parts/errcode.tsx";
import { useUrlState } from "../../ui/url-state.ts";
import { useWords } from "../../words/table.ts";
import type { Filter } from "./following.ts";
import { words } from "./words.ts";

const names = ["call", "errcode", "openid", "coupon", "rid"] as const;
type Name = (typeof names)[number];

/** What the address says of which calls are looked at. */
export function useFilter(): Filter {
  const [{ call, errcode, openid, coupon, rid }] = useUrlState<Name>();
  const number = errcode !== undefined && /^-?\d{1,9}$/.test(errcode) ? Number(errcode) : undefined;
  return {
    ...(call && { call }),
    ...(number !== undefined && { errcode: number }),
    ...(openid && { openid }),
    ...(coupon && { out_coupon_id: coupon }),
    ...(rid && { rid }),
  };
}

const calls = [...Object.keys(callPaths), "token", "stable_token", "unknown"];

/** Which calls are looked at, to be chosen. */
export function Filters() {
  const say = useWords(words);
  const [url, setUrl] = useUrlState<Name>();
  const isFiltered = names.some((name) => url[name]);
  return (
    <div className="filters call-filters">
      <Select
        aria-label={say("call")}
        className="call-choice"
        showSearch
        allowClear
        placeholder={say("anyCall")}
        value={url.call || null}
        options={calls.map((value) => ({ value, label: value }))}
        onChange={(call: string | null | undefined) => setUrl({ call: call ?? undefined })}
      />
      <Select
        aria-label={say("result")}
        className="result-choice"
        showSearch={{ optionFilterProp: "label" }}
        allowClear
        popupMatchSelectWidth={false}
        placeholder={say("anyResult")}
        value={url.errcode || null}
        options={[
          { value: "0", label: say("success") },
          ...errcodeOptions().map(({ value, label }) => ({ value: String(value), label })),
        ]}
        onChange={(errcode: string | null | undefined) => setUrl({ errcode: errcode ?? undefined })}
      />
      <Id name="openid" label={say("openid")} />
      <Id name="coupon" label={say("couponId")} />
      <Id name="rid" label={say("rid")} />
      {isFiltered && (
        <Button type="link" onClick={() => setUrl(Object.fromEntries(names.map((name) => [name, undefined])))}>
          {say("clear")}
        </Button>
      )}
    </div>
  );
}

/** An id: it is looked for once it is whole, by Enter or as the field is left. */
function Id({ name, label }: { name: Name; label: string }) {
  const [url, setUrl] = useUrlState<Name>();
  const value = url[name] ?? "";
  const look = (typed: string) => {
    if (typed.trim() !== value) setUrl({ [name]: typed.trim() });
  };
  return (
    <Input
      key={value}
      className="id-filter"
      aria-label={label}
      placeholder={label}
      allowClear
      defaultValue={value}
      spellCheck={false}
      onPressEnter={(event) => look(event.currentTarget.value)}
      onBlur={(event) => look(event.currentTarget.value)}
      onClear={() => look("")}
    />
  );
}
