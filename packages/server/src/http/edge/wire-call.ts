import type { BodySource } from "../bodies.ts";

/** A call over the wire as it came, over a socket or as a `Request` of this process. */
export type WireCall = {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** The whole address, with scheme and host. */
  readonly url: string;
  /** What the query says of a name, the first time it does. */
  query(name: string): string | undefined;
  /** A header, in whatever case it is named. */
  header(name: string): string | undefined;
  /** Where its body comes from, and how long it says that it is. */
  readonly body: { from: BodySource; length: string | undefined };
  /** Whether whoever called went away. */
  readonly isAbandoned: boolean;
};

/** How a reply is broken where that was ordered: nothing of it is sent, or half. */
export type Break = "reset" | "half";

/** What a call is answered, ready to be sent. */
export type WireReply = {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string | Buffer;
  breaks?: Break | undefined;
};

/** Answers a call; it never throws. */
export type Answer = (call: WireCall) => Promise<WireReply>;

/** Half of a reply's bytes. */
export function halfOf({ body }: WireReply): Buffer {
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  return bytes.subarray(0, Math.floor(bytes.length / 2));
}
