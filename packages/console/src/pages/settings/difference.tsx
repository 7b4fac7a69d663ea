import type { ImportAppReply } from "@quanku/sdk/admin";
import { count } from "../../ui/amounts.ts";
import { useLanguage } from "../../words/language.ts";
import { useWords } from "../../words/table.ts";
import { words } from "./words.ts";

const kinds = ["coupons", "user_coupons"] as const;
const fates = ["new", "changed", "unchanged", "refused"] as const;

/** What an import would change, counted, and the lines that cannot be imported. */
export function Difference({ name, found }: { name: string; found: ImportAppReply["import"] }) {
  const say = useWords(words);
  const [language] = useLanguage();
  const { lines, unreadable, faults } = found;
  const isSame = kinds.every((kind) => fates.every((fate) => fate === "unchanged" || found[kind][fate] === 0));
  return (
    <>
      <h3 className="difference-title">{say("difference")}</h3>
      <p className="aside">{say("importFile", { name, lines: count(lines), count: lines })}</p>
      <table className="difference numbers" aria-label={say("difference")}>
        <thead>
          <tr>
            <th scope="col">{say("record")}</th>
            {fates.map((fate) => (
              <th scope="col" key={fate}>
                {say(fate)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {kinds.map((kind) => (
            <tr key={kind}>
              <th scope="row">{say(kind)}</th>
              {fates.map((fate) => (
                <td key={fate} className={fate === "refused" && found[kind][fate] > 0 ? "difference-bad" : undefined}>
                  {count(found[kind][fate])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {unreadable > 0 && <p className="difference-bad">{say("unreadable", { count: unreadable })}</p>}
      {faults.length > 0 && (
        <ul className="difference-faults">
          {faults.map(({ line, detail, detail_zh }) => (
            <li key={line}>
              <strong>{say("line", { line })}</strong> {language === "zh" ? detail_zh : detail}
            </li>
          ))}
        </ul>
      )}
      {isSame && unreadable === 0 && <p>{say("nothingNew")}</p>}
    </>
  );
}
