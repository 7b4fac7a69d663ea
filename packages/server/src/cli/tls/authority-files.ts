import { X509Certificate } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { type Authority, makeAuthority } from "./certificates.ts";
import { faultOf } from "./pair.ts";

/** Where an authority is kept below a data directory, and its files there. */
const FOLDER = "tls";
const files = { root: "authority.pem", issuerCert: "issuer.pem", issuerKey: "issuer.key" };

/** How long an authority is good, in milliseconds: five years. */
const AUTHORITY_MS = 5 * 365 * 86_400_000;

/** The certificate that clients are to trust. */
export const authorityFile = (dataDir: string): string => join(dataDir, FOLDER, files.root);

/** An authority, and whether it was made just now, so that nobody trusts it yet. */
export type Opened = { authority: Authority; isNew: boolean };

/**
 * Reads the authority of a data directory, or makes one for these names where there is none. Its folder and its key are
 * its user's alone. Throws, telling what is wrong and never what is in the key, where it cannot be used.
 */
export async function openAuthority(dataDir: string, names: readonly string[], now: number): Promise<Opened> {
  const folder = join(dataDir, FOLDER);
  const isNew = !existsSync(folder) && (await make(dataDir, names, now));
  chmodSync(folder, 0o700);
  const [root, cert, key] = Object.values(files).map((file) => contentOf(folder, file)) as [string, string, string];
  chmodSync(join(folder, files.issuerKey), 0o600);
  const fault = faultOf({ cert, key }) ?? faultOfChain(root, cert, now);
  if (fault) throw new Error(`${folder} holds no authority that can sign: ${fault}; ${remake(folder)}`);
  return { authority: { root, issuer: { cert, key } }, isNew };
}

/** Makes an authority as a whole or not at all; answers whether it is ours, since another process may have been faster. */
async function make(dataDir: string, names: readonly string[], now: number): Promise<boolean> {
  const { root, issuer } = await makeAuthority(names, { from: now, to: now + AUTHORITY_MS });
  mkdirSync(dataDir, { recursive: true });
  const made = mkdtempSync(join(dataDir, `.${FOLDER}-`));
  try {
    writeFileSync(join(made, files.issuerKey), issuer.key, { mode: 0o600, flush: true });
    writeFileSync(join(made, files.issuerCert), issuer.cert, { flush: true });
    writeFileSync(join(made, files.root), root, { flush: true });
    renameSync(made, join(dataDir, FOLDER));
    return true;
  } catch (error) {
    if (!existsSync(join(dataDir, FOLDER))) throw error;
    return false;
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

function contentOf(folder: string, file: string): string {
  try {
    return readFileSync(join(folder, file), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new Error(`${folder} holds no authority that can sign: ${file} is missing; ${remake(folder)}`);
  }
}

function faultOfChain(root: string, issuer: string, now: number): string | undefined {
  let trusted: X509Certificate;
  try {
    trusted = new X509Certificate(root);
  } catch {
    return `${files.root} is no certificate`;
  }
  if (!new X509Certificate(issuer).checkIssued(trusted)) return `${files.issuerCert} is not signed by ${files.root}`;
  if (trusted.validToDate.getTime() <= now) return `it ended on ${trusted.validToDate.toISOString().slice(0, 10)}`;
  return undefined;
}

const remake = (folder: string) =>
  `remove ${folder}, and the next quanku serve --tls-dev makes a new one, which clients have to trust anew`;
