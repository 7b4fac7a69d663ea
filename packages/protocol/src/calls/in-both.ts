const chinese = new Map<string, string>();

/**
 * The English of what is wrong with a field, its Chinese kept for {@link inChinese}: a schema carries one text. Only for
 * texts of a fixed set, since all of them are kept.
 */
export function inBoth(en: string, zh: string): string {
  chinese.set(en, zh);
  return en;
}

/** The Chinese of a text that was said by {@link inBoth}. */
export const inChinese = (en: string): string | undefined => chinese.get(en);
