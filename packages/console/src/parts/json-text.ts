/** The pieces of a JSON text: texts, marks, and what else stands between spaces. */
const pieces = /"(?:\\.|[^"\\])*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** Whether a text is JSON. */
export const isJson = (text: string): boolean => faultInJson(text) === undefined;

/** What is wrong with a text that is to be JSON, in the browser's words; undefined where it is. */
export function faultInJson(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/**
 * A JSON text with a member in each line. Only spaces change: numbers stay as they were written, and members that occur twice
 * occur twice. What is no JSON is left as it is. `key` spells the names of members.
 */
export function prettyJson(text: string, key: (name: string) => string = (name) => name): string {
  if (!isJson(text)) return text;
  const tokens = text.match(pieces) ?? [];
  let told = "";
  let depth = 0;
  const line = () => `\n${"  ".repeat(depth)}`;
  for (const [at, token] of tokens.entries()) {
    const [before, after] = [tokens[at - 1], tokens[at + 1]];
    if (token === "}" || token === "]") {
      depth--;
      told += before === "{" || before === "[" ? token : line() + token;
      continue;
    }
    if (before === "{" || before === "[" || before === ",") told += line();
    told += after === ":" ? key(token) : token;
    if (token === ":") told += " ";
    if (token === "{" || token === "[") depth++;
  }
  return told;
}
