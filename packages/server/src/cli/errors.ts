/** What was tried when an error came: listening at an address, or opening data. */
export type Attempt = { doing: "listen"; address: string; option: string } | { doing: "open"; place: string };

/** Something that was tried failed; `cause` says why. */
export class AttemptFailed extends Error {
  override name = "AttemptFailed";
  readonly attempt: Attempt;
  constructor(attempt: Attempt, cause: unknown) {
    super((cause as Error).message, { cause });
    this.attempt = attempt;
  }
}

type Fault = NodeJS.ErrnoException & { errcode?: number };
type Listening = Extract<Attempt, { doing: "listen" }>;

/** System errors of listening: what is wrong and what to do. */
const listening: Record<string, (at: Listening) => string> = {
  EADDRINUSE: ({ address, option }) =>
    `the port is taken: choose another with ${option}, or stop what listens at ${address}`,
  EACCES: ({ address, option }) =>
    `no right to listen at ${address}: choose a port from 1024 on with ${option}, and let a proxy take the port below`,
  EADDRNOTAVAIL: ({ address, option }) =>
    `${address} is no address of this machine: give one of its own with ${hostOf(option)}; 0.0.0.0 is all of them`,
  ENOTFOUND: ({ address, option }) =>
    `the host of ${address} is not known: give an address of this machine with ${hostOf(option)}`,
};
listening.EAI_AGAIN = listening.ENOTFOUND as (at: Listening) => string;
const hostOf = (option: string) => option.replace("port", "host");

/** System errors of files. `path` is the file, or where data is kept. */
const files: Record<string, (path: string) => string> = {
  ENOENT: (path) => `no such file: ${path}; check how it is spelled`,
  EACCES: (path) => `no right to ${path}: run as the user whose it is, or give that user the right to it`,
  EISDIR: (path) => `${path} is a directory: name a file`,
  ENOTDIR: (path) => `a part of ${path} is a file, not a directory: name another`,
  EEXIST: (path) => `${path} is a file, not a directory: name another with --data-dir`,
  ENOSPC: (path) => `the disk of ${path} is full: make room, then try again`,
  EDQUOT: (path) => `the disk quota of ${path} is used up: make room, then try again`,
  EROFS: (path) => `${path} is on a read-only file system: mount it for writing, or name another place`,
  ENAMETOOLONG: (path) => `the name ${path.slice(0, 40)}… is too long: take a shorter one`,
  ELOOP: (path) => `${path} leads in a circle of symbolic links: name what it should lead to`,
  EIO: (path) => `the disk of ${path} fails to read or write: look at the system's log before anything else`,
};
files.EPERM = files.EACCES as (path: string) => string;

/** System and TLS errors on the way to a database. */
const network: Record<string, (place: string) => string> = {
  ECONNREFUSED: (place) => `nothing listens at ${place}: start the database, or correct host and port in DATABASE_URL`,
  ECONNRESET: (place) => `${place} closed the connection: see the database's log for the reason`,
  ETIMEDOUT: (place) => `${place} does not answer: check host, port and firewall`,
  EHOSTUNREACH: (place) => `there is no way to ${place}: check host and network`,
  ENOTFOUND: (place) => `the host of ${place} is not known: correct it in DATABASE_URL`,
  EAI_AGAIN: (place) => `no name server answers for the host of ${place}: check the network, then try again`,
  DEPTH_ZERO_SELF_SIGNED_CERT: (place) =>
    `the certificate of ${place} is not trusted: add &sslrootcert=/path/ca.pem to DATABASE_URL`,
  ERR_TLS_CERT_ALTNAME_INVALID: (place) =>
    `the certificate of ${place} is for another host: use the name that it is for in DATABASE_URL`,
  CERT_HAS_EXPIRED: (place) => `the certificate of ${place} has expired: renew it on the database's machine`,
};
network.ENETUNREACH = network.EHOSTUNREACH as (place: string) => string;
for (const code of [
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
])
  network[code] = network.DEPTH_ZERO_SELF_SIGNED_CERT as (place: string) => string;

/** What PostgreSQL says by SQLSTATE. */
const sqlStates: Record<string, (place: string) => string> = {
  "28P01": (place) => `${place} does not accept the user or the password: correct them in DATABASE_URL`,
  "28000": (place) => `${place} does not let this user in from here: correct the user, or its line in pg_hba.conf`,
  "3D000": (place) => `${place} does not exist: create it with createdb --encoding UTF8, or correct DATABASE_URL`,
  "42501": (place) => `the user may not do this in ${place}: let it create tables in the schema public once`,
  "53300": (place) =>
    `${place} has no connection left: raise max_connections, or lower --database-connections of all processes`,
  "57P03": (place) => `${place} is starting or stopping: try again in a moment`,
  "25006": (place) => `${place} is read-only: point DATABASE_URL at the primary`,
};

/** What SQLite says by its primary result code. */
const sqliteCodes: Record<number, (place: string) => string> = {
  5: (place) => `another process writes to ${place} for too long: try again, or stop it`,
  8: (place) => `${place} cannot be written to: run as the user whose it is, and mount its disk for writing`,
  10: (place) => `the disk of ${place} fails to read or write: look at the system's log before anything else`,
  11: (place) => `the database in ${place} is damaged: stop every process on it, and restore the latest backup`,
  13: (place) => `the disk of ${place} is full: make room, then try again`,
  14: (place) => `the database in ${place} cannot be opened: check that its user may read and write there`,
  26: (place) => `quanku.db in ${place} is no database: move it away, or name another directory with --data-dir`,
};
sqliteCodes[6] = sqliteCodes[5] as (place: string) => string;

/** The tables, for the test that walks them. */
export const explained = { listening, files, network, sqlStates, sqliteCodes };

/** An error in words that say what to do: those of the first in its chain of causes that is known, else its own. */
export function explain(error: unknown): string {
  const chain = causesOf(error);
  const attempt = chain.find((each) => each instanceof AttemptFailed)?.attempt;
  for (const each of chain) {
    const words = wordsFor(each as Fault, attempt);
    if (words) return words;
  }
  const { message, code } = error as Fault;
  return message || code || String(error);
}

function causesOf(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let each = error; each && !chain.includes(each); each = (each as Error).cause) chain.push(each);
  return chain;
}

function wordsFor({ code = "", errcode, path, syscall }: Fault, attempt: Attempt | undefined): string | undefined {
  if (attempt?.doing === "listen") return listening[code]?.(attempt);
  const place = attempt?.place ?? "the database";
  if (errcode !== undefined) return sqliteCodes[errcode & 0xff]?.(attempt?.place ?? "the data directory");
  if (syscall === "read" && code === "EISDIR") return files.EISDIR?.(path ?? "what was named");
  return sqlStates[code]?.(place) ?? network[code]?.(place) ?? files[code]?.(path ?? place);
}
