/** How often a line is written anew, in milliseconds. */
const INTERVAL = 100;

/** A line on standard error that says how far something is; none where that is no terminal. */
export function progressLine() {
  let shownAt = Number.NEGATIVE_INFINITY;
  return {
    show(text: string): void {
      if (!process.stderr.isTTY || performance.now() - shownAt < INTERVAL) return;
      shownAt = performance.now();
      process.stderr.write(`\r\u001b[K${text}`);
    },
    clear(): void {
      if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
    },
  };
}
