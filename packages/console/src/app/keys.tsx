import { useRef, useState } from "react";
import { useIsSandbox } from "../data/session.ts";
import { addressesOf } from "../ui/addresses.ts";
import { Dialog } from "../ui/dialog.tsx";
import { useKeys } from "../ui/keys.ts";
import { useGo } from "../ui/link.tsx";
import { table, useWords } from "../words/table.ts";
import { addressOf, groups, isShown } from "./nav.tsx";
import { words } from "./words.ts";

const more = table("keys", {
  search: { zh: "搜索", en: "Search everything" },
  filter: { zh: "到筛选框", en: "To the filter" },
  new: { zh: "新建优惠券", en: "New coupon" },
  back: { zh: "返回、关闭", en: "Back, close" },
  help: { zh: "显示这些快捷键", en: "Show these shortcuts" },
});

/** How long after G the next key names a page, in milliseconds. */
const PATIENCE = 1200;

/** Where a list is filtered. */
const FILTER = "main :is([role=search], .filters) input:not([type=radio], [type=checkbox])";
/** What takes keys for itself. */
const TYPED = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable], dialog";

/** The keys that work everywhere but where something is typed. */
export function Keys({ appid, search }: { appid: string; search: () => void }) {
  const say = useWords(words);
  const sayMore = useWords(more);
  const go = useGo();
  const [isHelpShown, showHelp] = useState(false);
  const goneAt = useRef(Number.NEGATIVE_INFINITY);
  const isSandbox = useIsSandbox(appid);
  const shown = groups.flatMap(({ entries }) => entries).filter((entry) => isShown(entry, appid, isSandbox));

  useKeys((event) => {
    const key = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && key === "k") search();
    else if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    else if (event.timeStamp - goneAt.current < PATIENCE) {
      goneAt.current = Number.NEGATIVE_INFINITY;
      const entry = shown.find((one) => one.letter === key);
      if (!entry) return;
      go(addressOf(entry.word, appid));
    } else if (key === "g") goneAt.current = event.timeStamp;
    else if (key === "n" && appid !== "") go(addressesOf(appid).newCoupon);
    else if (key === "/" || key === "、") document.querySelector<HTMLInputElement>(FILTER)?.focus();
    else if (key === "?" || key === "？") showHelp(true);
    else return;
    event.preventDefault();
  });

  const rows = [
    ["Ctrl K · ⌘ K", sayMore("search")],
    ["N", sayMore("new")],
    ["/", sayMore("filter")],
    ["Esc", sayMore("back")],
    ["?", sayMore("help")],
    ...shown.map(({ letter = "", word }) => [`G ${letter.toUpperCase()}`, say(word)]),
  ];
  if (!isHelpShown) return null;
  return (
    <Dialog title={say("keys")} close={() => showHelp(false)}>
      <dl className="keys">
        {rows.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

const isTyping = (target: EventTarget | null) => target instanceof HTMLElement && target.closest(TYPED) !== null;
