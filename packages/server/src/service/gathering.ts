/**
 * Bytes that come in pieces, gathered in one buffer that doubles as they come: however small the pieces, they cost no
 * more than twice what they hold, and are copied a bounded number of times.
 */
export class Gathering {
  #buffer: Buffer = empty;
  #length = 0;
  #pieces = 0;

  /** How many bytes it takes. */
  get capacity(): number {
    return this.#buffer.length;
  }
  /** How many bytes have come. */
  get length(): number {
    return this.#length;
  }
  /** In how many pieces they came. */
  get pieces(): number {
    return this.#pieces;
  }
  /** What has come. */
  get bytes(): Buffer {
    return this.#length === this.#buffer.length ? this.#buffer : this.#buffer.subarray(0, this.#length);
  }

  add(piece: Uint8Array): void {
    this.#pieces++;
    const length = this.#length + piece.length;
    if (this.#length === 0) this.#buffer = bufferOf(piece);
    else {
      if (length > this.#buffer.length) this.#grow(Math.max(length, 2 * this.#buffer.length));
      this.#buffer.set(piece, this.#length);
    }
    this.#length = length;
  }

  #grow(capacity: number): void {
    const larger = Buffer.alloc(capacity);
    larger.set(this.bytes);
    this.#buffer = larger;
  }
}

const empty = Buffer.alloc(0);

/** The same bytes, which most often are a buffer already. */
const bufferOf = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
