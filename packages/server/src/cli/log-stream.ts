import { fstatSync, write as writeFile } from "node:fs";
import { Socket } from "node:net";

/** How many bytes of log may wait to be written. */
const WAITING_LIMIT = 2 ** 20;
/** How long after a failure a write is tried again, in milliseconds. */
const PAUSE = 100;

/** Writes text somewhere and tells when all of it is written, or why not. */
type Output = (text: Buffer, done: (error?: Error | null) => void) => void;

/**
 * Where the log goes: a file descriptor that may be slow, full or closed, and never holds up who writes. What cannot
 * be written in its turn is dropped and counted, and the log says so as soon as it can be written again.
 */
export class LogStream {
  readonly #output: Output;
  readonly #limit: number;
  /** Whether the process can end while a write is under way. */
  readonly canBeLeft: boolean;
  #waiting: string[] = [];
  #bytes = 0;
  #dropped = 0;
  #writing: Promise<void> | undefined;

  constructor(fd: number, limit = WAITING_LIMIT) {
    const stat = fstatSync(fd);
    this.canBeLeft = stat.isFIFO() || stat.isSocket();
    this.#output = this.canBeLeft ? outputToSocket(fd) : (text, done) => writeWhole(fd, text, done);
    this.#limit = limit;
  }

  /** Takes a line, as pino hands it over. */
  write(line: string): void {
    if (this.#bytes + line.length > this.#limit) {
      this.#dropped++;
      return;
    }
    this.#waiting.push(line);
    this.#bytes += line.length;
    this.#writing ??= this.#run();
  }

  /** Whether all that waits is written within so many milliseconds. */
  async flushed(milliseconds: number): Promise<boolean> {
    if (!this.#writing) return true;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(resolve, milliseconds, false);
    });
    const isFlushed = await Promise.race([this.#writing.then(() => true), late]);
    clearTimeout(timer);
    return isFlushed;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const lines = this.#waiting;
      const dropped = this.#dropped;
      this.#waiting = [];
      const text = Buffer.from((dropped > 0 ? tellDropped(dropped) : "") + lines.join(""));
      const error = await new Promise<Error | null | undefined>((resolve) => this.#output(text, resolve));
      this.#bytes = this.#waiting.reduce((sum, { length }) => sum + length, 0);
      if (error) {
        this.#dropped += lines.length;
        await new Promise((resolve) => setTimeout(resolve, PAUSE).unref());
      } else this.#dropped -= dropped;
    }
    this.#writing = undefined;
  }
}

const tellDropped = (dropped: number) =>
  `${JSON.stringify({ level: 40, time: Date.now(), dropped, msg: "log lines were dropped: the log could not be written" })}\n`;

/**
 * A pipe or socket is written without blocking: a thread that blocks in a write would hold up the end of the process.
 * Files and devices know no such way, and take a thread for as long as the write lasts.
 */
function outputToSocket(fd: number): Output {
  const socket = new Socket({ fd, readable: false, writable: true });
  socket.on("error", () => {});
  return (text, done) => void socket.write(text, done);
}

function writeWhole(fd: number, text: Buffer, done: (error?: Error | null) => void): void {
  writeFile(fd, text, (error, written) => {
    if (error || written === text.length) done(error);
    else writeWhole(fd, text.subarray(written), done);
  });
}
