import { dirname, join } from "node:path";

/** A place in a text where something is named that may not be there. */
export type Reference = { line: number; name: string };

/** A stretch of prose: consecutive comment lines without their marks, or a Markdown file without its code. */
type Prose = { line: number; text: string };

const COMMENT_MARK = /^\s*(?:\/\/|\/\*\*?|\*\/|\*(?!\/)|--) ?/;
/** Behind code, and not in a string of it. */
const TRAILING_COMMENT = /^(?:[^"`]|"[^"]*"|`[^`]*`)*?\s\/\/ (.+)$/;

/** The comments of a TypeScript or JavaScript file, also those of SQL in it. */
export function commentsOf(text: string): Prose[] {
  const found: Prose[] = [];
  let before = 0;
  for (const [i, line] of text.split("\n").entries()) {
    const said = COMMENT_MARK.test(line) ? line.replace(COMMENT_MARK, "") : TRAILING_COMMENT.exec(line)?.[1];
    if (said === undefined) continue;
    const last = found.at(-1);
    if (last && before === i) last.text += `\n${said}`;
    else found.push({ line: i + 1, text: said });
    before = i + 1;
  }
  return found;
}

/** A Markdown text without what stands between fences; lines stay where they are. */
export const withoutFences = (text: string): string =>
  text.replaceAll(/^```.*?^```$/gms, (fenced) => fenced.replaceAll(/[^\n]/g, ""));

function found(prose: Prose, pattern: RegExp, nameOf: (match: RegExpExecArray) => string[]): Reference[] {
  return [...prose.text.matchAll(pattern)].flatMap((match) => {
    const line = prose.line + prose.text.slice(0, match.index).split("\n").length - 1;
    return nameOf(match).map((name) => ({ line, name }));
  });
}

/** The files and folders of the repository, and what can be found in them. */
export class Repository {
  readonly #files: Set<string>;
  readonly #folders = new Set<string>();
  readonly #folderNames = new Set<string>();
  readonly #read: (path: string) => string;

  constructor(files: readonly string[], read: (path: string) => string) {
    this.#files = new Set(files);
    this.#read = read;
    for (const file of files)
      for (let folder = dirname(file); folder !== "."; folder = dirname(folder)) this.#folders.add(folder);
    for (const folder of this.#folders) this.#folderNames.add(folder.split("/").at(-1) as string);
  }

  /** What prose in `path` names and the repository does not have: files, folders, ADRs and sections. */
  missingFrom(path: string, prose: Prose): Reference[] {
    const files = found(
      prose,
      /(?<![\w/.@<-])(?:[\w.@-]+\/)*[\w-][\w.-]*\.(?:tsx?|js|md|json)(?![\w/*-])/g,
      ([name]) => (name === "Node.js" || this.#has(path, name) ? [] : [name]),
    );
    const folders = found(prose, /(?<![\w/.@<:-])[\w-]+(?:\/[\w-]+)+\/?(?![\w.<(-]*\.\w|[\w/*<-])/g, ([name]) =>
      this.#namesFolder(name) && !this.#has(path, name) ? [name] : [],
    );
    const decisions = found(prose, /\bADR (\d+)\b/g, ([name, number]) =>
      this.#adr(number as string) ? [] : [name as string],
    );
    const sections = found(prose, /([\w/.-]+\.md)?\s*\bsections?\s+(\d+(?:(?:,\s+|,?\s+and\s+)\d+)*)/g, (match) => {
      const [, page = "protocol.md", numbers = ""] = match;
      return numbers.split(/\D+/).flatMap((n) => (this.#hasSection(page, n) ? [] : [`${page} section ${n}`]));
    });
    return [...files, ...folders, ...decisions, ...sections];
  }

  /** The links of a Markdown text that lead nowhere. */
  deadLinks(path: string, text: string): Reference[] {
    return found({ line: 1, text }, /\]\((?![a-z]+:)([^)#\s]*)(?:#([^)\s]*))?\)/g, ([, link = "", anchor]) => {
      const target = link === "" ? path : join(dirname(path), link);
      if (!this.#files.has(target) && !this.#folders.has(target)) return [link];
      const isThere = anchor === undefined || anchorsOf(this.#read(target)).has(anchor);
      return isThere ? [] : [`${link}#${anchor}`];
    });
  }

  /** A name is written from where it stands, from the root, or as the end of a path. */
  #has(path: string, written: string): boolean {
    const name = written.replace(/\/$/, "");
    const near = join(dirname(path), name);
    const known = [...this.#files, ...this.#folders];
    return known.some(
      (one) =>
        one === near || one === name || one.endsWith(`/${name}`) || (/\/\d{4}$/.test(name) && isOfNumber(one, name)),
    );
  }

  #namesFolder(name: string): boolean {
    return this.#folderNames.has(name.split("/", 1)[0] as string);
  }

  #adr(number: string): boolean {
    return [...this.#files].some((file) => isOfNumber(file, `docs/adr/${number.padStart(4, "0")}`));
  }

  #hasSection(page: string, number: string): boolean {
    const file = [...this.#files].find((one) => one === page || one.endsWith(`/${page}`));
    return file !== undefined && new RegExp(`^#+ ${number}\\. `, "m").test(this.#read(file));
  }
}

const isOfNumber = (file: string, numbered: string) => file.startsWith(`${numbered}-`);

/** The anchors that a page's headings have, as GitHub makes them. */
function anchorsOf(text: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ""] of withoutFences(text).matchAll(/^#{1,6} (.+)$/gm)) {
    const plain = heading.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, "");
    const anchor = plain.trim().replaceAll(/\s/g, "-");
    let nth = 0;
    let unique = anchor;
    while (anchors.has(unique)) unique = `${anchor}-${++nth}`;
    anchors.add(unique);
  }
  return anchors;
}
