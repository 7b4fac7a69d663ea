import { currentLanguage } from "../words/language.ts";

const units = [
  { size: 86_400, zh: " 天", en: " d" },
  { size: 3600, zh: " 小时", en: " h" },
  { size: 60, zh: " 分", en: " min" },
  { size: 1, zh: " 秒", en: " s" },
] as const;

/** A length of time in its two largest units, rounded to the smaller: `5 d 2 h`. `seconds` may be below 0. */
export function spanOf(seconds: number): string {
  const language = currentLanguage();
  const whole = Math.round(Math.abs(seconds));
  const largest = units.findIndex(({ size }) => whole >= size);
  if (largest === -1) return `0${units[3][language]}`;
  const { size: step } = units[Math.min(largest + 1, 3)] ?? units[3];
  let rest = Math.round(whole / step) * step;
  const told: string[] = [];
  for (const unit of units) {
    const many = Math.floor(rest / unit.size);
    if (many > 0) told.push(`${many}${unit[language]}`);
    rest %= unit.size;
  }
  return told.join(" ");
}
