import { describe, expect, it } from "vitest";
import { readPeople, UnreadableList } from "../../src/http/admin/people-list.ts";

type Sent = string | Uint8Array;

/** Sends a list in pieces of so many bytes. */
async function* pieces(list: Sent, size = 64 * 1024): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(list as string);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Who is read of a list, as `line openid`, or what is wrong with it. */
async function read(upload: AsyncIterable<Uint8Array>): Promise<string[]> {
  const people: string[] = [];
  try {
    for await (const { line, openid } of readPeople(upload)) people.push(`${line} ${openid}`);
  } catch (error) {
    if (!(error instanceof UnreadableList)) throw error;
    return error.faults.map(({ field, detail }) => `${field} ${detail}`);
  }
  return people;
}

const MARK = "\ufeff";
const good: [about: string, list: Sent, people: string[]][] = [
  ["LF", "a\nb\n", ["1 a", "2 b"]],
  ["no line end at the end", "a\nb", ["1 a", "2 b"]],
  ["CRLF", "a\r\nb\r\n", ["1 a", "2 b"]],
  ["CR", "a\rb\r", ["1 a", "2 b"]],
  ["all three", "a\rb\r\nc\nd", ["1 a", "2 b", "3 c", "4 d"]],
  ["a byte order mark", `${MARK}a\nb`, ["1 a", "2 b"]],
  ["a byte order mark and a header", `${MARK}openid\na`, ["2 a"]],
  ["a header in capitals after empty lines", "\n\r\nOpenID,姓名\na,李", ["4 a"]],
  ["a header in quotes", '"openid","name"\n"a","Li"', ["2 a"]],
  ["an openid that is called like the header further down", "a\nopenid", ["1 a", "2 openid"]],
  ["quotes", '"a"\n"b"\r\n', ["1 a", "2 b"]],
  ["further columns, also with what separates in them", 'a,"x,""y""",z\nb\nc,,,', ["1 a", "2 b", "3 c"]],
  ["line ends in quotes", 'a,"x\r\ny\nz"\nb', ["1 a", "4 b"]],
  ["spaces around", " a \t\n b,c", ["1 a", "2 b"]],
  ["empty lines and empty cells", "\n\na\n,,\n  \nb\n\n", ["3 a", "6 b"]],
  ["repeated openids", "a\na", ["1 a", "2 a"]],
  ["the longest line", `a,${"x".repeat(4094)}\nb`, ["1 a", "2 b"]],
  ["an openid of one character", "x", ["1 x"]],
];

describe.each([1, 3, 64 * 1024])("a list that comes in pieces of %i bytes is read", (size) => {
  it.each(good)("with %s", async (_, list, people) => {
    expect(await read(pieces(list, size))).toEqual(people);
  });
});

const GBK = Buffer.concat([Buffer.from("openid,name\na,"), Buffer.from([0xc0, 0xee]), Buffer.from("\nb,x\n")]);
const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("a\nb", "utf16le")]);

const bad: [about: string, list: Sent, faults: RegExp[]][] = [
  ["nothing in it", "", [/^line 1 is missing/]],
  ["nothing but a mark", MARK, [/^line 1 is missing/]],
  ["nothing but a header", "openid\r\n\r\n", [/^line 1 is missing/]],
  ["GBK", GBK, [/^line 2 is not UTF-8: save the list/]],
  [
    "a header in GBK",
    Buffer.concat([Buffer.from("openid,"), Buffer.from([0xd0, 0xd5]), Buffer.from("\na")]),
    [/^line 1 is not UTF-8/],
  ],
  ["UTF-16", utf16, [/^line 1 is not UTF-8/]],
  ["a zero byte", "a\nb\0\n", [/^line 2 begins with "b\\u0000", which is no openid/]],
  [
    "openids that are none",
    'a\nb c\n券,x\n" d"\n,e',
    [/^line 2 begins with "b c"/, /^line 3 begins with "券"/, /^line 5 begins with ""/],
  ],
  ["an openid that is too long", `${"x".repeat(65)}\na`, [/^line 1 begins with "x{64}…", which is no openid: 1-64/]],
  ["another header", "用户,姓名\na", [/^line 1 begins with "用户"/]],
  ["a quote within a cell", 'a\nb"c\nd', [/^line 2 has a quote where none may be/]],
  ["something after a closing quote", 'a\n"b"c\nd', [/^line 2 has a quote where none may be/]],
  ["a quote that is never closed", 'a\nb\n"c\nd', [/^line 3 opens a quote that is never closed/]],
  ["a fault before one that ends it", 'a b\n"c', [/^line 1 begins/, /^line 2 opens a quote/]],
  [
    "more faults than are told",
    "?\n".repeat(21),
    Array.from({ length: 20 }, (_, i) => new RegExp(`^line ${i + 1} begins`)),
  ],
  ["a line that is too long", `a\r\nb\n${"x".repeat(4097)}\nc`, [/^line 3 is longer than 4096 bytes/]],
  ["a line of very many cells", `a\n${",".repeat(4097)}`, [/^line 2 is longer than 4096 bytes/]],
  [
    "a quote that is not closed for long",
    `a\n"${"x\n".repeat(3000)}"`,
    [/^line 2 opens a quote that is not closed within 4096 bytes/],
  ],
];

describe("a list is refused, with the line and the fix,", () => {
  it.each(bad)("with %s", async (_, list, faults) => {
    const told = await read(pieces(list));
    expect(told).toHaveLength(faults.length);
    for (const [i, fault] of faults.entries()) expect(told[i]).toMatch(fault);
    expect((await read(pieces(list, 1))).at(-1), "the same byte by byte").toBe(told.at(-1));
  });

  it("with a line of 1 GB, of which no more is asked for than shows it", async () => {
    const GIGABYTE = 2 ** 30;
    let sent = 0;
    let isEnded = false;
    async function* endless() {
      try {
        yield Buffer.from("a\n");
        for (const piece = Buffer.alloc(64 * 1024, "x"); sent < GIGABYTE; sent += piece.length) yield piece;
      } finally {
        isEnded = true;
      }
    }
    expect(await read(endless())).toEqual([expect.stringMatching(/^line 2 is longer than 4096 bytes/)]);
    expect(sent).toBeLessThan(2 ** 20);
    expect(isEnded).toBe(true);
  });
});

it("an upload that breaks off is told as that", async () => {
  async function* broken() {
    yield Buffer.from("a\nb\n");
    throw new Error("the client went away");
  }
  await expect(read(broken())).rejects.toThrow("the client went away");
});
