import { currentLanguage } from "../words/language.ts";

const units = [
  [86_400, { zh: " 天", en: " d" }],
  [3600, { zh: " 小时", en: " h" }],
  [60, { zh: " 分", en: " min" }],
  [1, { zh: " 秒", en: " s" }],
] as const;

/** A length of time in its two largest units: `5 d 2 h`. `seconds` may be below 0. */
export function spanOf(seconds: number): string {
  let rest = Math.abs(Math.round(seconds));
  const told: string[] = [];
  for (const [size, name] of units) {
    if (rest >= size && told.length < 2) told.push(`${Math.floor(rest / size)}${name[currentLanguage()]}`);
    rest %= size;
  }
  return told.join(" ") || `0${units[3][1][currentLanguage()]}`;
}
