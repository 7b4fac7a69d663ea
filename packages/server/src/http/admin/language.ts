/** The languages in which problems are told. */
export type Language = "en" | "zh";

/** The language that a request's `Accept-Language` begins with; English where that is none of ours. */
export const languageOf = (accepted: string | undefined): Language => (/^\s*zh\b/i.test(accepted ?? "") ? "zh" : "en");
