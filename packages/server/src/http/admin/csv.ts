import { stringify } from "csv-stringify/sync";

/** A line of a CSV file (RFC 4180). A text that a spreadsheet would compute begins with an apostrophe instead. */
export const csvLine = (fields: readonly (string | number)[]): string =>
  stringify([fields], { escape_formulas: true, record_delimiter: "windows", quoted_match: /[\r\n]/ });
