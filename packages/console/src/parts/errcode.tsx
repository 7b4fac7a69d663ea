import { type Errcode as Code, codes } from "@quanku/sdk";
import { meanings } from "@quanku/sdk/guide";
import { Dot } from "../ui/status.tsx";
import { currentLanguage } from "../words/language.ts";
import { table, useWords } from "../words/table.ts";

const words = table("errcode", {
  success: { zh: "成功", en: "success" },
  page: { zh: "原因和处理办法：{{errcode}}", en: "Causes and how to mend it: {{errcode}}" },
});

const isCode = (errcode: number): errcode is Code => Object.hasOwn(codes, errcode);

/** What an errcode means, in the language that is chosen; undefined of success and of codes that are none of ours. */
const meaningOf = (errcode: number): string | undefined =>
  isCode(errcode) ? meanings[errcode][currentLanguage()].replaceAll("`", "") : undefined;

/** The same in its first sentence. */
const brieflyOf = (errcode: number): string | undefined =>
  /^.*?(?:[。；：]|[.;:](?= )|$)/.exec(meaningOf(errcode) ?? "")?.[0].replace(/[。；：.;:]$/, "") || undefined;

/** An errcode with what it means: 0 is success. `bare`: without its meaning, where that stands beside it. */
export function Errcode({ errcode, bare = false }: { errcode: number; bare?: boolean }) {
  const say = useWords(words);
  if (errcode === 0) return <Dot tone="good">{`0 ${say("success")}`}</Dot>;
  return (
    <span className="errcode">
      <Dot tone="bad">{String(errcode)}</Dot> {!bare && <span className="aside">{brieflyOf(errcode)}</span>}
    </span>
  );
}

/** What an errcode means, whole, with the way to its page of the documentation. */
export function Meaning({ errcode }: { errcode: number }) {
  const say = useWords(words);
  if (errcode === 0) return null;
  return (
    <p>
      {meaningOf(errcode)}{" "}
      <a href={`/docs/${currentLanguage()}/codes/${errcode}`} target="_blank" rel="noreferrer">
        {say("page", { errcode })}
      </a>
    </p>
  );
}

/** Every code with its meaning, to be chosen from. */
export const errcodeOptions = () =>
  Object.keys(codes)
    .map(Number)
    .toSorted((one, other) => one - other)
    .map((value) => ({ value, label: `${value} ${brieflyOf(value) ?? ""}` }));
