import { setTimeout as sleep } from "node:timers/promises";
import pg, { type Client, type ClientBase, type Pool } from "pg";
import { StoreBusyError, type StoreConnections } from "../store.ts";
import { assertFit, UnfitDatabase } from "./fitness.ts";
import { migrate } from "./migrate.ts";
import { asFault, ConnectionLost, isOverloaded, isRace, noticeLostCommits, whyLost } from "./statements.ts";
import { type Purpose, shareOf, Turns } from "./turns.ts";

export type PostgresOptions = {
  /** `postgres://user:password@host:port/database?…`. What it leaves out is taken from PGHOST, PGPASSWORD and so on. */
  url: string;
  /** The most connections at a time. */
  connections: number;
  /** How long the database may take for a statement, in milliseconds; for a lock it may take two thirds of that. */
  statementTimeout: number;
};

/** How long an unreachable database is tried again before callers are told, in milliseconds. */
const PATIENCE = 1000;
/** How long it may take to connect, in milliseconds; more where the database may take more for a statement. */
const CONNECT_TIMEOUT = 500;
/** How long to wait before the next try: at first, and at most, in milliseconds. */
const [FIRST_PAUSE, LONGEST_PAUSE] = [10, 200];
/** How often a transaction that lost a race is tried again. */
const RACES = 20;
/** How long the database waits for a process that went silent in the middle of a transaction, in milliseconds. */
const SILENCE = 5000;

/** How much longer than the database itself we wait for it to say that a statement took too long, in milliseconds. */
const NETWORK = 100;

/** Connections to one database, and how to go on where one breaks. */
export class Connections {
  readonly #options: PostgresOptions;
  readonly #turns: Turns;
  /** How many transactions may run at once, and how long one may wait for its turn, in milliseconds. */
  readonly writers: number;
  readonly patience: number;
  #pool: Pool;
  /** Since when nothing was heard of the database; undefined while it answers. */
  #goneSince: number | undefined;
  /** When it last answered. */
  #heardAt = 0;

  constructor(options: PostgresOptions) {
    this.#options = options;
    this.#pool = openPool(options);
    this.writers = shareOf(options.connections);
    this.patience = (options.statementTimeout * 3) / 4;
    this.#turns = new Turns(options.connections, this.patience);
  }

  /**
   * Gives an app's work a connection, and gives it another and calls it again where that broke, or where the work lost a
   * race. Throws {@link StoreBusyError} once patience is at its end, and at once where the database says that it is
   * overloaded. To wait for a turn says nothing about the database.
   */
  async use<T>(purpose: Purpose, app: string, work: (client: Client) => Promise<T>): Promise<T> {
    const deadline = (this.#goneSince ?? performance.now()) + PATIENCE;
    for (let tries = 0; ; tries++) {
      let began = performance.now();
      try {
        const answer = await this.#turns.take(purpose, app, () => {
          began = performance.now();
          return this.#once(work);
        });
        this.#goneSince = undefined;
        this.#heardAt = performance.now();
        return answer;
      } catch (error) {
        if (isOverloaded(error)) throw tooMuch(error);
        if (isRace(error) && tries === RACES) throw error;
        if (error instanceof ConnectionLost) {
          const answersOthers = this.#heardAt > began;
          if (!answersOthers) this.#goneSince ??= began;
          if (performance.now() >= deadline) throw this.#giveUp(error, answersOthers);
        } else if (!isRace(error)) throw error;
        await sleep(Math.random() * Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** tries));
      }
    }
  }

  /**
   * Gives work a connection of its own, beside those that calls take turns at, and closes it when the work is over: for
   * what takes long. Throws {@link StoreBusyError} where there is none.
   */
  async alone<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({ ...optionsOf(this.#options), ...LONG, pipeline: true });
    client.on("error", ignore);
    try {
      await client.connect().catch((error) => {
        throw asFault(error);
      });
      await prepare(client);
      return await work(client);
    } catch (error) {
      if (error instanceof ConnectionLost) throw new StoreBusyError(whyLost(error), { cause: error });
      if (isOverloaded(error)) throw tooMuch(error);
      throw error;
    } finally {
      await client.end().catch(ignore);
    }
  }

  /** How the connections are doing now. */
  counts(): StoreConnections {
    const { totalCount, idleCount } = this.#pool;
    return { inUse: totalCount - idleCount, idle: idleCount, waiting: this.#turns.waiting };
  }

  /** Takes leave of the database; of one that hangs, without waiting for its answer. */
  async close(): Promise<void> {
    await Promise.race([this.#pool.end(), sleep(CONNECT_TIMEOUT, undefined, { ref: false })]);
  }

  /**
   * Idle connections may hang as well, and whoever waits for a turn would wait for nothing: to try each would take longer
   * than callers wait. A database that answers others, or only refuses to write, is not away.
   */
  #giveUp(lost: ConnectionLost, answersOthers: boolean): StoreBusyError {
    const away = new StoreBusyError(whyLost(lost), { cause: lost });
    if (answersOthers || lost.isReadOnly) return away;
    this.#turns.refuseAll(away);
    this.#pool.end().catch(ignore);
    this.#pool = openPool(this.#options);
    return away;
  }

  async #once<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect().catch((error) => {
      throw error instanceof UnfitDatabase ? error : asFault(error);
    });
    // A connection that breaks tells its statements; nobody else need hear of it.
    client.on("error", ignore);
    let lost = false;
    try {
      return await work(client);
    } catch (error) {
      lost = error instanceof ConnectionLost;
      throw error;
    } finally {
      client.off("error", ignore);
      client.release(lost);
    }
  }
}

const tooMuch = (cause: unknown) => new StoreBusyError("the database takes too long or is full", { cause });

/** What holds for every connection. */
const optionsOf = ({ url, statementTimeout }: PostgresOptions) => ({
  connectionString: url,
  application_name: "quanku",
  keepAlive: true,
  connectionTimeoutMillis: Math.max(CONNECT_TIMEOUT, statementTimeout / 2),
  statement_timeout: statementTimeout,
  query_timeout: statementTimeout + NETWORK,
  lock_timeout: Math.ceil((statementTimeout * 2) / 3),
  idle_in_transaction_session_timeout: SILENCE,
  types: { getTypeParser },
});

/** What holds for a connection that long work has to itself, in milliseconds. */
const LONG = { statement_timeout: 60_000, query_timeout: 61_000, idle_in_transaction_session_timeout: 60_000 };

function openPool(options: PostgresOptions): Pool {
  const pool = new pg.Pool({ ...optionsOf(options), max: options.connections, pipeline: true, onConnect: prepare });
  // An idle connection that breaks leaves the pool by itself; the next use opens another.
  return pool.on("error", ignore);
}

/** Connects to a database and brings its schema up to date. Throws, naming the setting, where it is unfit. */
export async function openConnections(options: PostgresOptions): Promise<Connections> {
  assertUrl(options.url);
  // Bringing a large database up to date takes longer than any statement of a call.
  const setup = new pg.Client({
    connectionString: options.url,
    application_name: "quanku",
    connectionTimeoutMillis: 5000,
  });
  setup.on("error", ignore);
  try {
    await setup.connect().catch(tellUnopened);
    await assertFit(setup);
    await migrate(setup).catch(tellHint);
  } finally {
    await setup.end().catch(ignore);
  }
  return new Connections(options);
}

/** An attempt at several addresses of a host fails without a message of its own. */
function tellUnopened(error: NodeJS.ErrnoException): never {
  throw new Error(`the database cannot be opened: ${error.message || error.code}`, { cause: error });
}

/** On Citus tables are made through the coordinator: where they are not, only the hint says so. */
function tellHint(error: { message: string; hint?: string }): never {
  throw error.hint ? new Error(`${error.message}. ${error.hint}`, { cause: error }) : error;
}

/** Throws without repeating the URL, since there may be a password in it. */
export function assertUrl(url: string): void {
  const protocol = URL.parse(url)?.protocol ?? "";
  if (!["postgres:", "postgresql:"].includes(protocol))
    throw new Error(
      "the database URL must be postgres://user:password@host:port/database, with % escapes where needed",
    );
}

/**
 * Every statement is made for its indexes. Left to itself the planner takes a table that grew since it was last analysed
 * for a small one, and scans it; one that it knows to be large it wants to read with the help of other processes, or with
 * machine code made for it, each of which takes longer to start than 200 rows take to read.
 */
export const PLANNER =
  "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; " +
  "SET max_parallel_workers_per_gather = 0; SET jit = off; SET plan_cache_mode = force_generic_plan";

/** Citus finds the node that holds a table by what a statement is given, which a generic plan does not know. */
const CITUS_PLANNER = `${PLANNER}; SET plan_cache_mode = auto; SET client_min_messages = warning`;

/** A new connection is looked at before it is used: settings can be changed while the server runs. */
async function prepare(client: ClientBase): Promise<void> {
  const isCitus = await assertFit(client);
  if (isCitus) noticeLostCommits(client);
  await client.query(isCitus ? CITUS_PLANNER : PLANNER);
}

/** Whole numbers of 64 bits come as numbers: ours stay below 2^53. */
const INT8 = 20;
const getTypeParser = ((oid: number, format?: "text" | "binary") =>
  oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser;

const ignore = () => {};
