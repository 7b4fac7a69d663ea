/** A file that is sent: a text, a Blob (in a browser a File), or bytes and texts in pieces. */
export type File = string | Blob | ReadableStream<Uint8Array<ArrayBuffer>> | AsyncIterable<Uint8Array | string>;

/** A file that is answered, to be read once: its text in pieces, or its bytes as the runtime's own stream. */
export interface Download extends AsyncIterable<string> {
  /** Its media type. */
  readonly type: string;
  /** Its bytes, for what takes a stream: `new Response(stream)`, `Readable.fromWeb(stream)`. */
  readonly stream: ReadableStream<Uint8Array>;
  /** The whole of it. */
  text(): Promise<string>;
}

type Body = { body: string | Blob | ReadableStream<Uint8Array<ArrayBuffer>>; duplex?: "half" };

/** A file as a request's body. In a browser give a Blob: few can send pieces, and none over HTTP/1.1. */
export function bodyOfFile(call: string, file: File | undefined): Body {
  if (typeof file === "string" || file instanceof Blob) return { body: file };
  if (file instanceof ReadableStream) return { body: file, duplex: "half" };
  if (typeof file === "object" && file !== null && Symbol.asyncIterator in file)
    return { body: streamOf(file), duplex: "half" };
  throw new TypeError(`${call}: file must be a text, a Blob, a ReadableStream or an async iterable of bytes`);
}

function streamOf(pieces: AsyncIterable<Uint8Array | string>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const iterator = pieces[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(typeof value === "string" ? encoder.encode(value) : (value as Uint8Array<ArrayBuffer>));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

/** The text of a stream in pieces. A reader that leaves ends the stream; what breaks it is told by `failed`. */
export async function* textOf(
  stream: ReadableStream<Uint8Array>,
  failed: (error: unknown) => Error,
): AsyncGenerator<string, void, undefined> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error) => {
        throw failed(error);
      });
      const text = decoder.decode(value, { stream: !done });
      if (text !== "") yield text;
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** A reply's body as a download. */
export function downloadOf(
  stream: ReadableStream<Uint8Array>,
  type: string,
  failed: (error: unknown) => Error,
): Download {
  return {
    type,
    stream,
    [Symbol.asyncIterator]: () => textOf(stream, failed),
    async text() {
      let whole = "";
      for await (const piece of textOf(stream, failed)) whole += piece;
      return whole;
    },
  };
}
