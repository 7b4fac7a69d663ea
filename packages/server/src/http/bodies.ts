import { IncomingMessage } from "node:http";
import { Gathering } from "../service/gathering.ts";

/** The largest body that is read, in bytes (protocol.md section 1). */
export const BODY_LIMIT = 2 ** 20;

/** What reading bodies may take. */
export type BodyLimits = {
  /** Bytes of all bodies that are being read; the first `free` of each do not count, so that small calls go on. */
  inAll: number;
  free: number;
  /** Bytes of a body too large that are read and thrown away, so that its sender gets to read the refusal. */
  discard: number;
  /** In how many pieces a body may come: each costs time, however small. */
  pieces: number;
  /** How long a sender may stand still, and how long a body may take, in milliseconds. */
  idle: number;
  whole: number;
};

const usual: BodyLimits = {
  inAll: 64 * BODY_LIMIT,
  free: 4096,
  discard: 16 * BODY_LIMIT,
  pieces: 16_384,
  idle: 10_000,
  whole: 30_000,
};

/** Where a body comes from: a socket, or a stream of this process; null: there is none. */
export type BodySource = IncomingMessage | AsyncIterable<Uint8Array> | null;

/** Why a body was not read to its end. */
export type Unread = "too_large" | "too_many_pieces" | "too_slow" | "no_room";

/** Reads the bodies of requests, as many at once as there is room for. */
export class Bodies {
  readonly #limits: BodyLimits;
  /** What is done when this turn of the event loop is over. */
  readonly #afterTurn: (() => void)[] = [];
  #taken = 0;

  constructor(limits: Partial<BodyLimits> = {}) {
    this.#limits = { ...usual, ...limits };
  }

  /**
   * Reads a body that says how long it is, or does not; nothing is reserved for what has not come. Whoever is told why it was not read finds the connection
   * closed unless the rest comes soon. Throws if the client goes away.
   */
  read(from: BodySource, length: string | undefined): Promise<Buffer | Unread> {
    if (Number(length) > BODY_LIMIT) return Promise.resolve("too_large");
    const reading = new Reading(this, this.#limits);
    return from instanceof IncomingMessage ? reading.ofIncoming(from) : reading.ofStream(from ?? []);
  }

  /** Takes room for so many bytes more, or gives it back; false where there is none. */
  take(bytes: number): boolean {
    if (bytes > 0 && this.#taken + bytes > this.#limits.inAll) return false;
    this.#taken += bytes;
    return true;
  }

  /** Does something when this turn of the event loop is over: by then most bodies have come whole. */
  afterTurn(work: () => void): void {
    if (this.#afterTurn.push(work) === 1)
      setImmediate(() => {
        for (const each of this.#afterTurn.splice(0)) each();
      });
  }
}

/** One body being read. */
class Reading {
  readonly #bodies: Bodies;
  readonly #limits: BodyLimits;
  readonly #begun = performance.now();
  #gathered = new Gathering();
  #taken = 0;
  #length = 0;

  constructor(bodies: Bodies, limits: BodyLimits) {
    this.#bodies = bodies;
    this.#limits = limits;
  }

  async ofStream(stream: AsyncIterable<Uint8Array> | []): Promise<Buffer | Unread> {
    try {
      for await (const piece of stream) {
        const unread = this.#add(piece);
        if (unread) return unread;
      }
      return this.#whole();
    } finally {
      this.#giveBack();
    }
  }

  ofIncoming(incoming: IncomingMessage): Promise<Buffer | Unread> {
    return new Promise<Buffer | Unread>((resolve, reject) => {
      let idle: NodeJS.Timeout | undefined;
      let hasEnded = false;
      const onData = (piece: Buffer) => {
        if (hasEnded) return;
        idle?.refresh();
        const unread = this.#add(piece);
        if (unread) end(unread);
      };
      const onEnd = () => end(this.#whole());
      const onClose = () => {
        if (!hasEnded) end(incoming.errored ?? new Error("the client went away"));
      };
      const end = (read: Buffer | Unread | Error) => {
        if (hasEnded) return;
        hasEnded = true;
        clearTimeout(idle);
        this.#giveBack();
        if (read instanceof Error) reject(read);
        else resolve(read);
      };
      // What is left here listens on, and hears nothing: to take a listener away costs more than to let it be.
      incoming.on("data", onData).on("end", onEnd).on("error", onClose).on("close", onClose);
      if (incoming.readableEnded) onEnd();
      else if (incoming.destroyed) onClose();
      else
        this.#bodies.afterTurn(() => {
          if (!hasEnded) idle = setTimeout(() => end("too_slow"), this.#limits.idle);
        });
    });
  }

  #add(piece: Uint8Array): Unread | undefined {
    const { free, discard, pieces, whole } = this.#limits;
    this.#length += piece.length;
    if (this.#length > discard) return "too_large";
    if (performance.now() - this.#begun > whole) return "too_slow";
    if (this.#length > BODY_LIMIT) {
      this.#giveBack();
      return undefined;
    }
    this.#gathered.add(piece);
    if (this.#gathered.pieces > pieces) return "too_many_pieces";
    const more = Math.max(0, this.#gathered.capacity - free) - this.#taken;
    if (more > 0 && !this.#bodies.take(more)) return "no_room";
    if (more > 0) this.#taken += more;
    return undefined;
  }

  #whole(): Buffer | Unread {
    return this.#length > BODY_LIMIT ? "too_large" : this.#gathered.bytes;
  }

  #giveBack(): void {
    if (this.#taken > 0) this.#bodies.take(-this.#taken);
    this.#taken = 0;
    this.#gathered = nothing;
  }
}

/** What is held of a body that is thrown away, or was handed on. */
const nothing = new Gathering();
