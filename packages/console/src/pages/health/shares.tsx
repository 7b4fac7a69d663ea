import { reasons, reasonText } from "../../parts/reasons.ts";
import { count } from "../../ui/amounts.ts";
import { Section } from "../../ui/page.tsx";
import { hasWord, useWords } from "../../words/table.ts";
import { words } from "./words.ts";

/** How often things came to what, the most frequent first, each as a bar. */
export function Shares({ title, of }: { title: string; of: Readonly<Record<string, number>> }) {
  const say = useWords(words);
  const sayReason = useWords(reasons);
  const told = (code: string) => (hasWord(words, code) ? say(code) : reasonText(sayReason, code));
  const rows = Object.entries(of)
    .filter(([, times]) => times > 0)
    .sort(([, a], [, b]) => b - a);
  const most = Math.max(1, ...rows.map(([, times]) => times));
  return (
    <Section title={title}>
      {rows.length === 0 && <p className="aside">{say("noneYet")}</p>}
      <dl className="shares">
        {rows.map(([code, times]) => (
          <div key={code}>
            <dt>{told(code)}</dt>
            <dd className="numbers">
              <meter min={0} max={most} value={times} aria-hidden="true" />
              {count(times)}
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
