/** A type of the protocol as the SDK has it: numbers are not sent as digits. */
export type Plain<T> = T extends `${bigint}`
  ? never
  : T extends readonly (infer Entry)[]
    ? Plain<Entry>[]
    : T extends object
      ? { [Member in keyof T]: Plain<T[Member]> }
      : T;
