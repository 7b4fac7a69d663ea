/**
 * `true` while both types are the same, and else nothing can be it: `true satisfies Same<TheirWords, OurWords>` compiles
 * only while the twin ground floors, which do not know each other, name the same words.
 */
export type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
