import { useTranslation } from "react-i18next";
import { type Language, languages, texts } from "./language.ts";

/** An English text, or one for a single thing and one for others: which it is, says `count`. */
type English = string | { one: string; other: string };

/** A text in both languages. What stands in `{{…}}` is filled in. */
export type Word = { zh: string; en: English };

/** The words of an area of the console, by names that are its own. */
export type Words<Name extends string> = { area: string; words: Readonly<Record<Name, Word>> };

/** Says a word of a table in the language that is chosen. */
export type Say<Name extends string> = (name: Name, given?: Readonly<Record<string, string | number>>) => string;

/** Whether a table has a word of this name. */
export const hasWord = <Name extends string>({ words }: Words<Name>, name: string): name is Name =>
  Object.hasOwn(words, name);

/** Makes the table of an area's words. Both languages stand side by side, so that none can be missing. */
export function table<const Name extends string>(area: string, words: Readonly<Record<Name, Word>>): Words<Name> {
  for (const language of languages) texts.addResourceBundle(language, area, textsIn(language, words), true, true);
  return { area, words };
}

/** The texts of a table in one language, by the keys that i18next looks for. */
function textsIn(language: Language, words: Readonly<Record<string, Word>>): Record<string, string> {
  const told: Record<string, string> = {};
  for (const [name, word] of Object.entries<Word>(words)) {
    const text = word[language];
    if (typeof text === "string") told[name] = text;
    else for (const [number, one] of Object.entries(text)) told[`${name}_${number}`] = one;
  }
  return told;
}

/** Says words of a table; the component is drawn anew when the language changes. */
export function useWords<Name extends string>({ area }: Words<Name>): Say<Name> {
  const { t } = useTranslation(area);
  return t as unknown as Say<Name>;
}
