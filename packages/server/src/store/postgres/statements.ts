import { setImmediate as endOfTurn } from "node:timers/promises";
import { type Client, type ClientBase, DatabaseError } from "pg";
import type { Row } from "../sql/columns.ts";

/** A statement that each connection prepares once. Its rows come as arrays. */
export type Statement = { name: string; text: string; rowMode: "array" };

/** Runs a statement and answers its rows. */
export type Ask = (asked: Statement, ...values: unknown[]) => Promise<Row[]>;

/** The connection broke, or the database could not be reached: what was sent last may have happened or not. */
export class ConnectionLost extends Error {
  override name = "ConnectionLost";

  /** The database only refuses to write: it follows another, or was set so. */
  get isReadOnly(): boolean {
    return (this.cause as { code?: string }).code === READ_ONLY;
  }
}

let made = 0;

export const statement = (text: string): Statement => ({ name: `quanku_${++made}`, text, rowMode: "array" });

/** The rows that a set of records is given to a statement as: one JSON text, however many they are. */
export const asJson = (records: readonly object[]): string => JSON.stringify(records);

/** Sends a statement without waiting for those before it. Throws {@link ConnectionLost}, or the database's error. */
export async function run(client: Client, { ...sent }: Statement, ...values: unknown[]): Promise<Row[]> {
  return (await answered(client, client.query({ ...sent, values }))).rows;
}

/** Sends a command that is not worth preparing; answers what the database says it did. */
export async function command(client: Client, text: string): Promise<string> {
  return (await answered(client, client.query(text))).command;
}

async function answered<T>(client: Client, answer: Promise<T>): Promise<T> {
  const given = await answer.catch((error) => {
    throw inDoubt.has(client) ? new ConnectionLost(error.message, { cause: error }) : asFault(error);
  });
  if (inDoubt.has(client)) throw new ConnectionLost("a node did not confirm a commit");
  return given;
}

/** Connections on which a commit was answered that may not have happened. */
const inDoubt = new WeakSet<ClientBase>();

/**
 * Citus answers COMMIT with no more than a warning where the node that was written to died in it, if the transaction
 * locked rows and then wrote by `INSERT … SELECT` alone. From then on the connection counts as lost.
 */
export function noticeLostCommits(client: ClientBase): void {
  client.on("notice", ({ message }) => {
    if (message?.startsWith("failed to commit transaction on ")) inDoubt.add(client);
  });
}

/**
 * Sends statements on one journey: what they write leaves in as few packets as it fits in. Waits for all their answers, so
 * that the connection is quiet again, and throws what failed first.
 */
export async function together<T extends readonly Promise<unknown>[]>(
  client: Client,
  send: () => readonly [...T],
): Promise<{ [I in keyof T]: Awaited<T[I]> }> {
  const { stream } = client.connection;
  stream.cork();
  let sent: readonly [...T];
  try {
    sent = send();
  } finally {
    stream.uncork();
  }
  await Promise.allSettled(sent);
  return Promise.all(sent) as Promise<{ [I in keyof T]: Awaited<T[I]> }>;
}

/**
 * Sends statements each as soon as it is made, so that the database works while the next is made, and lets others have
 * their turn in between. Waits for all their answers, and throws what failed first.
 */
export async function oneByOne(sending: Iterable<Promise<unknown>>): Promise<void> {
  const sent: Promise<unknown>[] = [];
  for (const statement of sending) {
    statement.catch(() => {});
    sent.push(statement);
    await endOfTurn();
  }
  await Promise.allSettled(sent);
  await Promise.all(sent);
}

/** An address that follows the primary leads to another server on the next connection. */
const READ_ONLY = "25006";

/** SQLSTATEs by which a database says that it is ending or starting, and this connection is of no more use. */
const ending = ["57P01", "57P02", "57P03", "57P05", "25P03", READ_ONLY, "53300", "40003"];

/** What the driver throws, as what it means. */
export function asFault(error: unknown): unknown {
  const sqlState = error instanceof DatabaseError ? (error.code ?? "") : undefined;
  const isLost = sqlState === undefined || ending.includes(sqlState) || sqlState.startsWith("08");
  return isLost ? new ConnectionLost((error as Error).message, { cause: error }) : error;
}

/** Why a connection was lost, in words that anybody may read. */
export const whyLost = (lost: ConnectionLost): string =>
  lost.isReadOnly
    ? "the database is read-only: a standby, or default_transaction_read_only is on"
    : "the database is away";

/** Another transaction was in the way and this one was undone: serialization, deadlock, a key that was taken meanwhile. */
export const isRace = (error: unknown): boolean =>
  error instanceof DatabaseError && ["40001", "40P01", "23505"].includes(error.code ?? "");

/** The database has no time or no room: a lock or a statement that took too long, a full disk, too little memory. */
export const isOverloaded = (error: unknown): boolean =>
  error instanceof DatabaseError && /^(55P03|57014)$|^53/.test(error.code ?? "");
