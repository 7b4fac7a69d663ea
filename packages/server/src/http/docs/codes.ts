import { BACK_OFF_MS, codes, type Errcode } from "@quanku/protocol/codes";
import { explanations, type Language } from "@quanku/protocol/explain";
import { words } from "./words.ts";

const isErrcode = (name: string): boolean => Object.hasOwn(codes, name);

/** Every code, the small ones first. */
export const errcodes: readonly Errcode[] = Object.keys(codes)
  .map((code) => Number(code) as Errcode)
  .sort((a, b) => a - b);

/** The code that a page's path names, `45009` for one. */
export const errcodeOf = (name: string): Errcode | undefined =>
  isErrcode(name) ? (Number(name) as Errcode) : undefined;

/** A text with the other codes that it names as links; what stands between backticks is left alone. */
const linked = (text: string, own: Errcode): string =>
  text
    .split(/(`[^`]*`)/)
    .map((part, at) =>
      at % 2 === 1
        ? part
        : part.replaceAll(/(?<!\d)\d{5,7}(?!\d)/g, (name) =>
            isErrcode(name) && Number(name) !== own ? `[${name}](docs:codes/${name})` : name,
          ),
    )
    .join("");

function retryOf(errcode: Errcode, language: Language): string {
  if (errcode === 0) return words.success[language];
  const code: { retry: boolean; after?: number | null } = codes[errcode];
  if (!code.retry) return words.never[language];
  if (code.after === null) return words.backOff[language].replace("{ms}", String(BACK_OFF_MS));
  return words.after[language].replace("{s}", String(code.after));
}

/** The page of a code, as Markdown. */
export function codePage(errcode: Errcode, language: Language): string {
  const { looks, [language]: explained } = explanations[errcode];
  const { text } = codes[errcode];
  const section = (title: string, body: string) => `## ${title}\n\n${body}\n`;
  const steps = explained.mend.map((step, at) => `${at + 1}. ${linked(step, errcode)}\n`).join("");
  return [
    `# ${errcode} ${text}\n`,
    `${linked(explained.means, errcode)}\n`,
    looks.length > 0
      ? section(words.looks[language], looks.map((look) => `\`\`\`text\n${look}\n\`\`\`\n`).join("\n"))
      : "",
    section(words.causes[language], explained.causes.map((cause) => `- ${linked(cause, errcode)}\n`).join("")),
    section(words.mend[language], steps),
    section(words.retry[language], retryOf(errcode, language)),
    `[${words.allCodes[language]}](docs:codes)\n`,
  ].join("\n");
}
