import { currentLanguage } from "../words/language.ts";

const locale = () => (currentLanguage() === "zh" ? "zh-CN" : "en");

/** `¥1,234.50` of fen. */
export function yuan(fen: number): string {
  const sign = fen < 0 ? "-" : "";
  const cents = String(Math.abs(fen) % 100).padStart(2, "0");
  return `${sign}¥${Math.floor(Math.abs(fen) / 100).toLocaleString("en")}.${cents}`;
}

/** `12,345`. */
export const count = (number: number): string => number.toLocaleString("en");

/** `38.2 %` of a share between 0 and 1. */
export const percent = (share: number): string =>
  share.toLocaleString(locale(), { style: "percent", maximumFractionDigits: 1 });

/** `1.2 KB` of bytes. */
export function bytes(number: number): string {
  if (number < 1024) return `${number} B`;
  if (number < 1024 ** 2) return `${(number / 1024).toFixed(1)} KB`;
  return `${(number / 1024 ** 2).toFixed(1)} MB`;
}
