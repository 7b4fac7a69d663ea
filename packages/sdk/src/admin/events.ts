/** A server-sent event as the HTML standard reads it. */
export type ServerSent = { event: string; data: string; id: string };

/** What a stream says: an event, or after how many milliseconds to come back once it ends. */
export type Said = { event: ServerSent } | { retry: number };

/** Reads server-sent events out of a text in pieces. `id` is the last that was told, and stays until another is. */
export async function* eventsIn(pieces: AsyncIterable<string>): AsyncGenerator<Said, void, undefined> {
  let id = "";
  let event = "";
  let data: string[] = [];
  for await (const line of linesOf(pieces)) {
    if (line === "") {
      if (data.length > 0) yield { event: { event: event || "message", data: data.join("\n"), id } };
      [event, data] = ["", []];
      continue;
    }
    const [, field = "", value = ""] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (field === "data") data.push(value);
    else if (field === "event") event = value;
    else if (field === "id" && !value.includes("\0")) id = value;
    else if (field === "retry" && /^\d{1,9}$/.test(value)) yield { retry: Number(value) };
  }
}

/** Lines that end; one that the text breaks off in is dropped. A line ends with LF, CRLF or CR. */
async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = "";
  let isFirst = true;
  let isAfterCr = false;
  for await (const piece of pieces) {
    let text = isAfterCr && piece.startsWith("\n") ? piece.slice(1) : piece;
    if (isFirst) text = text.replace(/^\uFEFF/, "");
    if (piece !== "") [isFirst, isAfterCr] = [false, piece.endsWith("\r")];
    const lines = (rest + text).split(/\r\n|\n|\r/);
    rest = lines.pop() ?? "";
    yield* lines;
  }
}
