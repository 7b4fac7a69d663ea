import { connect, type Socket } from "node:net";
import type { ReadHead } from "./replies.ts";
import type { NextRequest } from "./requests.ts";

const READ_BYTES = 2 ** 18;

/** Told of each reply: how long after its request it was complete, and whether it told success, with errcode 0. */
export type OnReply = (ms: number, succeeded: boolean) => void;

/** What is said on a connection: `everyMs` is left out where a request follows as soon as the one before was answered. */
export type Conversation = { next: NextRequest; read: ReadHead; onReply: OnReply; everyMs: number | undefined };

/**
 * A keep-alive connection with one request in flight. It reads a reply's head and the first bytes of its body, counts the
 * rest, and then sends the next request, at once or when it is due, until it is told to stop.
 */
export class Connection {
  readonly #socket: Socket;
  readonly #next: NextRequest;
  readonly #read: ReadHead;
  readonly #onReply: OnReply;
  readonly #everyMs: number | undefined;
  readonly #finished = Promise.withResolvers<void>();
  #stopped = false;
  #dueAt = 0;
  #sentAt = 0;
  /** Bytes of the body still to come; 0 while a head is awaited. */
  #missing = 0;
  #succeeded = false;
  /** The begin of a reply that came cut off before the first bytes of its body. */
  #begun: Buffer | undefined;

  constructor(port: number, { next, read, onReply, everyMs }: Conversation) {
    this.#next = next;
    this.#read = read;
    this.#onReply = onReply;
    this.#everyMs = everyMs;
    const callback = (length: number, buffer: Uint8Array) => this.#receive(buffer as Buffer, length);
    this.#socket = connect({ port, host: "127.0.0.1", onread: { buffer: Buffer.alloc(READ_BYTES), callback } });
    this.#socket.setNoDelay(true);
    this.#socket.once("error", this.#finished.reject);
    this.#socket.once("close", () => this.#finished.reject(new Error("the server closed a connection under load")));
  }

  /** Resolves when it is connected and begins to send. */
  async start(): Promise<void> {
    const connected = new Promise<void>((resolve) => this.#socket.once("connect", resolve));
    await Promise.race([connected, this.#finished.promise]);
    this.#dueAt = performance.now() - Math.random() * (this.#everyMs ?? 0);
    this.#sendNext();
  }

  /** Ends with the reply to the request that is in flight or due next. Rejects if the connection broke. */
  stop(): Promise<void> {
    this.#stopped = true;
    return this.#finished.promise;
  }

  /** A request that is late because a reply was counts from when it was due: whoever asks that often waits so long. */
  #sendNext(): void {
    const now = performance.now();
    this.#dueAt = this.#everyMs === undefined ? now : this.#dueAt + this.#everyMs;
    if (this.#dueAt > now) setTimeout(() => this.#send(performance.now()), this.#dueAt - now);
    else this.#send(this.#dueAt);
  }

  #send(at: number): void {
    this.#sentAt = at;
    this.#socket.write(this.#next());
  }

  #receive(buffer: Buffer, length: number): boolean {
    if (this.#missing > 0) this.#missing -= length;
    else if (!this.#readHead(buffer, length)) return true;
    if (this.#missing > 0) return true;
    if (this.#missing < 0) this.#socket.destroy(new Error("a reply was longer than its content-length"));
    else this.#complete();
    return true;
  }

  /** Whether the head was all there, and enough of the body to see whether the call succeeded. */
  #readHead(part: Buffer, partLength: number): boolean {
    const buffer = this.#begun ? Buffer.concat([this.#begun, part.subarray(0, partLength)]) : part;
    const length = this.#begun ? buffer.length : partLength;
    const head = this.#read(buffer, length);
    if (head instanceof Error) this.#socket.destroy(head);
    const isWhole = head !== undefined && !(head instanceof Error);
    this.#begun = isWhole ? undefined : Buffer.from(buffer.subarray(0, length));
    if (!isWhole) return false;
    this.#succeeded = head.succeeded;
    this.#missing = head.length - (length - head.body);
    return true;
  }

  #complete(): void {
    this.#onReply(performance.now() - this.#sentAt, this.#succeeded);
    if (this.#stopped) {
      this.#finished.resolve();
      this.#socket.destroy();
    } else this.#sendNext();
  }
}
