import { Marked, type Tokens } from "marked";

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** A text as it stands in HTML, also between quotes. */
export const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => escapes[sign] as string);

/** A heading of a page, below its title. */
export type Heading = { level: number; id: string; text: string };

export type RenderedText = { title: string; html: string; headings: Heading[] };

/** The anchor of a heading, as the code host makes it, so that links hold in both places. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(/\s/g, "-");

/** Chinese is written without spaces: a line that ends after it goes on at once, unless the next begins a block. */
const unbroken = (markdown: string): string =>
  markdown.replaceAll(
    /(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])\n(?=(?!\d+\. |```)[\w`[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])/g,
    (_, at: number) =>
      /[\w`[]/.test(markdown[at + 1] as string) && !/[\u3000-\u303f\uff00-\uffef]/.test(markdown[at - 1] as string)
        ? " "
        : "",
  );

/**
 * Renders our own Markdown; `link` says where a link leads, or undefined where only its text is shown. HTML in the text is
 * shown as text, comments not at all.
 */
export function renderMarkdown(markdown: string, link: (href: string) => string | undefined): RenderedText {
  const headings: Heading[] = [];
  const taken = new Map<string, number>();
  let title = "";
  const marked = new Marked({ gfm: true });
  marked.use({
    renderer: {
      html: ({ text }) => (text.trimStart().startsWith("<!--") ? "" : escapeHtml(text)),
      heading({ tokens, depth, text: source }) {
        const html = this.parser.parseInline(tokens);
        const text = this.parser.parseInline(tokens, this.parser.textRenderer);
        const anchor = anchorOf(source);
        const before = taken.get(anchor);
        taken.set(anchor, (before ?? -1) + 1);
        const id = before === undefined ? anchor : `${anchor}-${before + 1}`;
        if (depth === 1) title ||= text;
        else headings.push({ level: depth, id, text });
        return `<h${depth} id="${escapeHtml(id)}">${html}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        const html = this.parser.parseInline(tokens);
        const target = link(href);
        if (target === undefined) return html;
        const away = /^https?:/.test(target) ? ' rel="noreferrer"' : "";
        return `<a href="${escapeHtml(target)}"${away}>${html}</a>`;
      },
      code: ({ text, lang }: Tokens.Code) =>
        `<pre tabindex="0"${lang ? ` data-language="${escapeHtml(lang)}"` : ""}><code>${escapeHtml(text)}</code></pre>\n`,
      table({ header, rows }) {
        const inline = (tokens: Tokens.TableCell["tokens"]) => this.parser.parseInline(tokens);
        const side = (align: Tokens.TableCell["align"]) => (align ? ` class="${align}"` : "");
        const head = header.map(({ tokens, align }) => `<th${side(align)}>${inline(tokens)}</th>`).join("");
        const body = rows.map((row) => {
          const cells = row.map(({ tokens, align }, at) => {
            const label = at > 0 && header[at]?.text ? ` data-label="${escapeHtml(header[at].text)}"` : "";
            return `<td${side(align)}${label}>${inline(tokens)}</td>`;
          });
          return `<tr>${cells.join("")}</tr>`;
        });
        // Of words, and not of figures: on a narrow screen its rows are better read as paragraphs.
        const ofWords = header.length > 2 && header.every(({ align }) => align === null);
        const named = header.some(({ text }) => text !== "") ? `<thead><tr>${head}</tr></thead>` : "";
        return `<div class="table${ofWords ? " of-words" : ""}" tabindex="0"><table>${named}<tbody>${body.join("\n")}</tbody></table></div>\n`;
      },
    },
  });
  const html = marked.parse(unbroken(markdown), { async: false });
  return { title, html, headings };
}
