const HEAD_END = "\r\n\r\n";
const LINE_END = "\r\n";
const STATUS_OK = "HTTP/1.1 200 ";
const SUCCESS = '{"errcode":0';
const COMMA = 0x2c;
const CLOSING_BRACE = 0x7d;

/** Where a reply's body begins, how many bytes follow from there on, and whether it says that the call succeeded. */
export type Head = { body: number; length: number; succeeded: boolean };

/** Reads how a reply begins from the first `length` bytes; undefined while that is too little, an error where it is no reply. */
export type ReadHead = (buffer: Buffer, length: number) => Head | Error | undefined;

/** HTTP/1.1 with a content-length. */
const readHttp: ReadHead = (buffer, length) => {
  const body = endOf(HEAD_END, buffer);
  if (body === undefined || body + SUCCESS.length + 1 > length) return;
  const head = buffer.toString("latin1", 0, body);
  const told = /content-length: *(\d+)/i.exec(head)?.[1];
  if (told === undefined) return new Error(`a reply came without content-length: ${head}`);
  return { body, length: Number(told), succeeded: head.startsWith(STATUS_OK) && isSuccess(buffer, body) };
};

/** Redis' protocol, of which a script's reply is a string with its length before it, or an error of one line. */
const readRedis: ReadHead = (buffer, length) => {
  const body = endOf(LINE_END, buffer);
  if (body === undefined || body > length) return;
  const line = buffer.toString("latin1", 0, body);
  const told = /^\$(\d+)\r/.exec(line)?.[1];
  if (told === undefined) return new Error(`Redis answered ${line}`);
  if (body + SUCCESS.length + 1 > length) return;
  return { body, length: Number(told) + LINE_END.length, succeeded: isSuccess(buffer, body) };
};

export const readers = { http: readHttp, redis: readRedis };

function endOf(mark: string, buffer: Buffer): number | undefined {
  const at = buffer.indexOf(mark, 0, "latin1");
  return at < 0 ? undefined : at + mark.length;
}

function isSuccess(buffer: Buffer, body: number): boolean {
  const after = buffer[body + SUCCESS.length];
  return (
    (after === COMMA || after === CLOSING_BRACE) && buffer.toString("latin1", body, body + SUCCESS.length) === SUCCESS
  );
}
