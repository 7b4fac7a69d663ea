import type { Language } from "@quanku/protocol/explain";

/** The language of an `Accept-Language` header that the pages have: Chinese where it says nothing of either. */
export function languageOf(header: string | undefined): Language {
  const weights: Record<Language, number> = { zh: 0, en: 0 };
  for (const part of (header ?? "").split(",")) {
    const [range = "", ...parameters] = part.trim().toLowerCase().split(";");
    const quality = parameters.map((one) => /^\s*q=([\d.]+)\s*$/.exec(one)?.[1]).find((q) => q !== undefined);
    const weight = quality === undefined ? 1 : Number(quality) || 0;
    const [tag] = range.split("-");
    if (tag === "zh" || tag === "en") weights[tag] = Math.max(weights[tag], weight);
  }
  return weights.en > weights.zh ? "en" : "zh";
}
