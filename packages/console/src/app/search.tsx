import { useQuery } from "@tanstack/react-query";
import { Input } from "antd";
import { type KeyboardEvent, useDeferredValue, useState } from "react";
import { queries } from "../data/queries.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Fault } from "../ui/fault.tsx";
import { useGo } from "../ui/link.tsx";
import { table, useWords } from "../words/table.ts";
import { type Found, findEverywhere } from "./find.ts";

const words = table("search", {
  title: { zh: "搜索", en: "Search" },
  hint: { zh: "券名、券编号、用户券编号、openid、订单号、rid", en: "Coupon, user coupon, openid, order or rid" },
  person: { zh: "用户", en: "Person" },
  coupon: { zh: "优惠券", en: "Coupon" },
  userCoupon: { zh: "用户券", en: "User coupon" },
  order: { zh: "订单", en: "Order" },
  call: { zh: "调用", en: "Call" },
  none: {
    zh: "没有找到。编号需要完整输入；券名可以只输开头。",
    en: "Nothing found. Ids must be whole; of a name its beginning will do.",
  },
  results: { zh: "结果", en: "Results" },
});

/** Search over everything of the app, opened by one key. */
export function Search({ appid, close }: { appid: string; close: () => void }) {
  const say = useWords(words);
  return (
    <Dialog title={say("title")} close={close}>
      <Finder appid={appid} close={close} />
    </Dialog>
  );
}

function Finder({ appid, close }: { appid: string; close: () => void }) {
  const say = useWords(words);
  const goTo = useGo();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const text = useDeferredValue(typed.trim());
  const search = (text: string) => ({
    queryKey: ["findEverywhere", { appid, text }],
    queryFn: ({ signal }: { signal: AbortSignal }) => findEverywhere({ appid, text, signal }),
    enabled: text !== "" && appid !== "",
  });
  const { data: found, error, isFetching } = useQuery(search(text));
  const go = (one: Found | undefined) => {
    if (!one) return;
    close();
    goTo(one.to);
  };
  const enter = async () => {
    const now = typed.trim();
    const list = now === "" ? [] : await queries.fetchQuery(search(now)).catch(() => []);
    go(list[Math.min(at, list.length - 1)]);
  };
  const steer = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const last = (found?.length ?? 0) - 1;
    if (event.key === "ArrowDown") setAt((now) => Math.min(now + 1, last));
    else if (event.key === "ArrowUp") setAt((now) => Math.max(now - 1, 0));
    else if (event.key === "Enter") void enter();
    else return;
    event.preventDefault();
  };
  return (
    <>
      <Input
        value={typed}
        placeholder={say("hint")}
        aria-label={say("hint")}
        role="combobox"
        aria-expanded={(found?.length ?? 0) > 0}
        aria-controls="found"
        aria-activedescendant={found?.[at] && `found-${at}`}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={steer}
      />
      <div id="found" role="listbox" aria-label={say("results")} className="found" aria-busy={isFetching}>
        {found?.map((one, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the arrow keys and Enter work in the text field
          <div
            role="option"
            id={`found-${index}`}
            aria-selected={index === at}
            key={one.to}
            onClick={() => go(one)}
            onMouseEnter={() => setAt(index)}
          >
            <span className="aside">{say(one.kind)}</span> <strong>{one.title}</strong>{" "}
            <span className="aside">{one.about}</span>
          </div>
        ))}
      </div>
      <Fault error={error} />
      <p className="aside" role="status">
        {found?.length === 0 && !isFetching && say("none")}
      </p>
    </>
  );
}
