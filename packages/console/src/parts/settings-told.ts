import { hasWord, type Say } from "../words/table.ts";
import { type Facts, whatDiffers } from "./entry-facts.ts";
import type { sentenceWords } from "./sentence-words.ts";
import { settingWords } from "./settings/words.ts";

type Name = keyof (typeof sentenceWords)["words"];

/** Says a word of a setting: its name, or what its choice is called. */
export type SaySetting = Say<keyof (typeof settingWords)["words"]>;

/** Settings that differ, each with what it was and is: `Claims a minute: not set → 60`. The journal calls them in camel case. */
export function settingsTold(was: Facts, is: Facts, say: Say<Name>, saySetting: SaySetting): string {
  const value = (name: string, of: unknown) => {
    if (of === null || of === undefined) return say("nothing");
    if (typeof of === "boolean") return say(of ? "on" : "off");
    const choice = `${name}_is_${of}`;
    return hasWord(settingWords, choice) ? saySetting(choice) : String(of);
  };
  return whatDiffers(was, is)
    .map((camel) => {
      const name = camel.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      return `${hasWord(settingWords, name) ? saySetting(name) : name}: ${value(name, was[camel])} → ${value(name, is[camel])}`;
    })
    .join(" · ");
}
