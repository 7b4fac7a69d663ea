import { readFileSync } from "node:fs";
import { explain } from "../errors.ts";
import type { Pair } from "./certificates.ts";
import { faultOf, warningOf } from "./pair.ts";
import type { Tls } from "./terms.ts";

/** How often the files are looked at, in milliseconds. */
const LOOK_MS = 10_000;

/**
 * TLS with a certificate and a key of files, which are read again every ten seconds: whoever renews them tells nobody. What
 * cannot be used is left alone and the old certificate goes on. `clock`: Unix milliseconds.
 */
export function givenTls(files: Pair, clock: () => number): Tls {
  const begun = look(files);
  if ("fault" in begun) throw new Error(begun.fault);
  let { pair } = begun;
  let faults: string[] = [];
  const warning = warningOf(pair.cert, clock());
  return {
    pair,
    notes: () => (warning ? [warning] : []),
    authority: undefined,
    interval: LOOK_MS,
    async newer() {
      const found = look(files);
      if ("fault" in found) {
        // Two files are not written at one moment: what is still wrong at the second look is told, once.
        faults = [...faults.filter((each) => each === found.fault), found.fault];
        if (faults.length === 2) throw new Error(`${found.fault}; the certificate that was read before goes on`);
        return undefined;
      }
      faults = [];
      if (isSame(found.pair, pair)) return undefined;
      pair = found.pair;
      return pair;
    },
  };
}

/** What the files hold now: a certificate and its key, or what is wrong with them. */
function look(files: Pair): { pair: Pair } | { fault: string } {
  try {
    const pair = { cert: contentOf(files.cert, "--tls-cert"), key: contentOf(files.key, "--tls-key") };
    const fault = faultOf(pair);
    return fault ? { fault: `--tls-cert ${files.cert} and --tls-key ${files.key}: ${fault}` } : { pair };
  } catch (error) {
    return { fault: (error as Error).message };
  }
}

const isSame = (one: Pair, other: Pair) => one.cert === other.cert && one.key === other.key;

function contentOf(file: string, option: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`${option}: ${explain(error)}`);
  }
}
