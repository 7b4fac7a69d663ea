/** The languages that pages are written in. */
export const languages = ["zh", "en"] as const;
export type Language = (typeof languages)[number];

/** What a page says of a code. Texts are plain, with code between backticks. */
export type Explanation = {
  /** What the code means, in a sentence or two. */
  means: string;
  /** What usually leads to it, the likeliest first. */
  causes: readonly string[];
  /** How to mend it, in the order in which to try. */
  mend: readonly string[];
};

/** A code's page in each language, and what its `errmsg` looks like in reality, without the rid. */
export type Explained = { looks: readonly string[] } & Record<Language, Explanation>;
