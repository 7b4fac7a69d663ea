/** Steps that are over sooner show nothing, in milliseconds. */
const QUIET_MS = 500;

/** Shows how far a long step is: a bar on a terminal, a line each quarter elsewhere. */
export function progress(what: string, total: number): { at(done: number): void; done(): void } {
  const begin = performance.now();
  const isTerminal = process.stderr.isTTY === true;
  let quarter = 0;
  const seconds = () => `${((performance.now() - begin) / 1000).toFixed(1)} s`;
  return {
    at(done) {
      if (performance.now() - begin < QUIET_MS) return;
      const share = done / total;
      if (isTerminal) {
        const full = Math.round(share * 30);
        process.stderr.write(`\r  ${"█".repeat(full)}${"░".repeat(30 - full)} ${what} ${seconds()} `);
      } else if (Math.floor(share * 4) > quarter) {
        quarter = Math.floor(share * 4);
        process.stderr.write(`  ${what}: ${quarter * 25} % after ${seconds()}\n`);
      }
    },
    done() {
      if (isTerminal) process.stderr.write("\r\x1b[K");
    },
  };
}
