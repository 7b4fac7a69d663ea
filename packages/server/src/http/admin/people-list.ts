import { isUtf8 } from "node:buffer";
import { pipeline } from "node:stream";
import { inBoth, openid } from "@quanku/protocol/calls";
import { parse } from "csv-parse";
import { type FieldFault, inBothOf, type Problem } from "./problem.ts";

/** How many people a list may have, and how long a line may be, in bytes. */
const [MOST_PEOPLE, LONGEST_LINE] = [1_000_000, 4096];
/** How many faults are told at once. */
const FAULTS = 20;

const [LF, CR] = [0x0a, 0x0d];
const personId = openid();
const UTF8_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const utf16Marks = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])];
const SAVE_AS_UTF8 = inBoth(
  'is not UTF-8: save the list as "CSV UTF-8", not as the system\'s own encoding (GBK)',
  "不是 UTF-8：请把名单另存为“CSV UTF-8”，不要用系统自带的编码（GBK）",
);

/** Why a list cannot be read: what is wrong, line by line. */
export class UnreadableList extends Error {
  override name = "UnreadableList";
  readonly faults: readonly FieldFault[];

  constructor(faults: readonly FieldFault[]) {
    super("the list cannot be read");
    this.faults = faults;
  }

  /** The same for whoever sent the list. */
  get problem(): Problem {
    const [first] = this.faults as [FieldFault];
    const more = this.faults.length > 1 ? `, and ${this.faults.length - 1} more` : "";
    const detail = `${first.field} ${first.detail}${more}; nothing was handed out: mend the list and send it again`;
    const others = this.faults.length > 1 ? `，另有 ${this.faults.length - 1} 处` : "";
    const zh = `${first.field} ${first.zh}${others}；没有发放任何券：请修正名单后重新发送`;
    return { status: 422, problem: "unreadable_list", detail, zh, errors: this.faults };
  }
}

/** A person of a list, and the number of the line in the file. */
type Listed = { line: number; openid: string };

/**
 * Reads a list of people: a line for each openid, or a CSV whose first column they are; a first line `openid` is a
 * header, empty lines are skipped. What is wrong is told at its end, or at once where the rest cannot be read; from the
 * first fault on nobody is answered any more. It holds no more of the list than a few lines. Throws {@link UnreadableList}.
 */
export async function* readPeople(upload: AsyncIterable<Uint8Array>): AsyncGenerator<Listed> {
  const list = new ListReading();
  const rows = parse({
    // Bytes stay what they are, a character each: whether they are UTF-8 is looked at cell by cell, to tell the line.
    encoding: "latin1",
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    max_record_size: LONGEST_LINE,
    on_record: ((cells) => list.read(cells)) as (cells: string[]) => undefined,
  });
  // The reader is told of errors where it is iterated.
  pipeline(withinLines(upload), rows, () => {});
  try {
    for await (const listed of rows) yield listed;
  } catch (error) {
    throw list.told(error);
  }
  if (list.faults.length === 0 && list.people === 0)
    list.faults.push(
      fault(
        1,
        inBoth("is missing: there is no openid in the list, send one a line", "缺失：名单里没有 openid，请每行写一个"),
      ),
    );
  if (list.faults.length > 0) throw new UnreadableList(list.faults);
}

/** What was read of a list so far. */
class ListReading {
  readonly faults: FieldFault[] = [];
  people = 0;
  /** The number of the line that is next. */
  #line = 1;
  #isBegun = false;

  /** Reads a row's cells. Undefined where it is nobody, or where there was a fault before. */
  read(cells: string[]): Listed | undefined {
    const line = this.#line;
    this.#line += 1 + cells.reduce((breaks, cell) => breaks + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
    if (cells.every((cell) => cell.trim() === "")) return;
    const isFirst = !this.#isBegun;
    this.#isBegun = true;
    if (!cells.every(isReadable)) return this.#fault(line, SAVE_AS_UTF8);
    const id = (cells[0] as string).trim();
    if (isFirst && id.toLowerCase() === "openid") return;
    if (!personId.safeParse(id).success) return this.#add(notAnOpenid(line, id));
    if (++this.people > MOST_PEOPLE) throw new UnreadableList([fault(line, ONE_TOO_MANY)]);
    return this.faults.length === 0 ? { line, openid: id } : undefined;
  }

  /** What is to be told where the rest of the list could not be read. */
  told(error: unknown): unknown {
    if (error instanceof UnreadableList)
      return new UnreadableList(error.faults === this.faults ? this.faults : [...this.faults, ...error.faults]);
    const why = csvFaults[(error as { code?: string }).code ?? ""];
    return why ? new UnreadableList([...this.faults, fault(this.#line, why)]) : error;
  }

  #fault = (line: number, detail: string): undefined => this.#add(fault(line, detail));

  #add(one: FieldFault): undefined {
    this.faults.push(one);
    if (this.faults.length === FAULTS) throw new UnreadableList(this.faults);
  }
}

const fault = (line: number, detail: string): FieldFault => inBothOf(`line ${line}`, detail);

const ONE_TOO_MANY = inBoth(
  `is one too many: a list has at most ${MOST_PEOPLE} openids, send two`,
  `超出上限：一份名单最多 ${MOST_PEOPLE} 个 openid，请分两次发送`,
);
const TOO_LONG = inBoth(
  `is longer than ${LONGEST_LINE} bytes: send one openid a line`,
  `超过 ${LONGEST_LINE} 字节：请每行写一个 openid`,
);

const isReadable = (cell: string): boolean =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the bytes of ASCII
  /^[\x00-\x7f]*$/.test(cell) || isUtf8(Buffer.from(cell, "latin1"));

function notAnOpenid(line: number, cell: string): FieldFault {
  const text = Buffer.from(cell, "latin1").toString("utf8");
  const shown = JSON.stringify(text.length > 64 ? `${text.slice(0, 64)}…` : text);
  return {
    field: `line ${line}`,
    detail: `begins with ${shown}, which is no openid: 1-64 of A-Z a-z 0-9 _ -`,
    zh: `以 ${shown} 开头，不是 openid：1-64 个字符，只能用 A-Z a-z 0-9 _ -`,
  };
}

const UNQUOTED = inBoth(
  'has a quote where none may be: put cells with quotes into quotes and write each inner one twice, ""',
  '引号位置不对：含引号的单元格要整体加引号，里面的每个引号写两次 ""',
);

const csvFaults: Record<string, string> = {
  CSV_INVALID_CLOSING_QUOTE: UNQUOTED,
  INVALID_OPENING_QUOTE: UNQUOTED,
  CSV_QUOTE_NOT_CLOSED: inBoth("opens a quote that is never closed", "引号没有闭合"),
  CSV_MAX_RECORD_SIZE: inBoth(
    `opens a quote that is not closed within ${LONGEST_LINE} bytes`,
    `引号在 ${LONGEST_LINE} 字节内没有闭合`,
  ),
};

/** Lets a list through without its byte order mark. Throws at once where a line is too long, or at the mark of UTF-16. */
async function* withinLines(upload: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let head: Buffer | undefined = Buffer.alloc(0);
  const lines = new LineLengths();
  for await (const piece of upload) {
    let bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    if (head) {
      bytes = Buffer.concat([head, bytes]);
      head = bytes.length < UTF8_MARK.length ? bytes : undefined;
      if (head) continue;
      bytes = withoutMark(bytes);
    }
    lines.assertWithin(bytes);
    yield bytes;
  }
  if (head) yield withoutMark(head);
}

function withoutMark(bytes: Buffer): Buffer {
  if (utf16Marks.some((mark) => bytes.subarray(0, mark.length).equals(mark)))
    throw new UnreadableList([fault(1, SAVE_AS_UTF8)]);
  return bytes.subarray(0, UTF8_MARK.length).equals(UTF8_MARK) ? bytes.subarray(UTF8_MARK.length) : bytes;
}

/** Counts lines of bytes as they come, and how long the last one is. */
class LineLengths {
  #line = 1;
  #length = 0;
  #endsInCr = false;

  assertWithin(bytes: Buffer): void {
    let [at, lf, cr] = [0, -2, -2];
    while (at < bytes.length) {
      if (lf !== -1 && lf < at) lf = bytes.indexOf(LF, at);
      if (cr !== -1 && cr < at) cr = bytes.indexOf(CR, at);
      const ends = [lf, cr].filter((end) => end >= 0);
      const end = ends.length > 0 ? Math.min(...ends) : bytes.length;
      const isRestOfCrlf = this.#endsInCr && at === end && end === lf && this.#length === 0;
      this.#length += end - at;
      if (this.#length > LONGEST_LINE) throw new UnreadableList([fault(this.#line, TOO_LONG)]);
      if (end === bytes.length) {
        this.#endsInCr = false;
        return;
      }
      if (!isRestOfCrlf) this.#line++;
      this.#endsInCr = end === cr;
      this.#length = 0;
      at = end + 1;
    }
  }
}
