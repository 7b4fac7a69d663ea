import { promises as dns, type LookupAddress, type LookupOptions } from "node:dns";
import { readFile } from "node:fs/promises";
import { isIP, type LookupFunction } from "node:net";

/** How long a name server may take, in milliseconds, and how often it is asked. */
const TIMEOUT = 1000;
const TRIES = 2;
/** How long the addresses of one family wait for those of the other, in milliseconds (RFC 8305 section 3). */
const OTHER_FAMILY = 50;
/** How many of the system's lookups may be under way: each holds one of the process's four threads until it ends. */
const SYSTEM_LOOKUPS = 2;
/** How many may wait for that. */
const SYSTEM_WAITING = 64;

const HOSTS = process.platform === "win32" ? `${process.env.SystemRoot}\\System32\\drivers\\etc\\hosts` : "/etc/hosts";

type NamesOptions = {
  /** Name servers as `address:port`; the system's unless given. */
  servers?: readonly string[];
  hosts?: string;
  timeout?: number;
};

/**
 * Resolves the names of merchants' hosts so that a name server that does not answer holds up nobody but those who ask
 * for its names. The system's own resolver takes a thread for as long as it waits, so name servers are asked directly;
 * it is left the names of the hosts file, and those that name servers do not know, which it may complete or find
 * elsewhere. Whoever asks for a name that is being asked for shares the answer.
 */
export class Names {
  readonly #resolver: dns.Resolver;
  readonly #hosts: string;
  readonly #underWay = new Map<string, Promise<LookupAddress[]>>();
  readonly #waiting: (() => void)[] = [];
  #systemLookups = 0;

  constructor({ servers, hosts = HOSTS, timeout = TIMEOUT }: NamesOptions = {}) {
    this.#resolver = new dns.Resolver({ timeout, tries: TRIES });
    if (servers) this.#resolver.setServers(servers);
    this.#hosts = hosts;
  }

  /** As `dns.lookup`, with its error codes. */
  readonly lookup: LookupFunction = (hostname, options: LookupOptions, callback) => {
    const name = hostname.toLowerCase();
    const found = this.#underWay.get(name) ?? this.#begin(name);
    found.then(
      (addresses) => {
        const { family } = options;
        const wanted = addresses.filter((address) => !family || String(family).endsWith(String(address.family)));
        const [first] = wanted;
        if (!first) callback(codeError("ENOTFOUND", hostname), []);
        else if (options.all) callback(null, wanted);
        else callback(null, first.address, first.family);
      },
      (error) => callback(error, []),
    );
  };

  #begin(name: string): Promise<LookupAddress[]> {
    const found = this.#find(name).finally(() => this.#underWay.delete(name));
    this.#underWay.set(name, found);
    return found;
  }

  async #find(name: string): Promise<LookupAddress[]> {
    if (isIP(name) || /(^|\.)localhost$/.test(name) || (await this.#isInHosts(name))) return fromSystem(name);
    const found = await this.#askServers(name);
    if (!found) throw codeError("EAI_AGAIN", name);
    return found.length > 0 ? found : this.#inTurn(() => fromSystem(name), name);
  }

  async #isInHosts(name: string): Promise<boolean> {
    const text = await readFile(this.#hosts, "utf8").catch(() => "");
    return text.split("\n").some((line) => line.replace(/#.*/, "").toLowerCase().trim().split(/\s+/).includes(name, 1));
  }

  /** The addresses of a name, none where the servers know of none; undefined where they could not be asked. */
  async #askServers(name: string): Promise<LookupAddress[] | undefined> {
    const families = ([4, 6] as const).map((family) => this.#askFor(name, family));
    const some = families.map(async (asked) => (await asked)?.length || Promise.reject());
    if (await Promise.any(some).catch(() => false)) {
      const late = new Promise<[]>((resolve) => setTimeout(resolve, OTHER_FAMILY, []));
      return (await Promise.all(families.map((asked) => Promise.race([asked, late])))).flatMap((found) => found ?? []);
    }
    return (await Promise.all(families)).some((found) => found) ? [] : undefined;
  }

  async #askFor(name: string, family: 4 | 6): Promise<LookupAddress[] | undefined> {
    try {
      const found = await (family === 4 ? this.#resolver.resolve4(name) : this.#resolver.resolve6(name));
      return found.map((address) => ({ address, family }));
    } catch (error) {
      return KNOWN_TO_HAVE_NONE.has(String((error as { code?: unknown }).code)) ? [] : undefined;
    }
  }

  /** Lets so many system lookups be under way, and so many wait. */
  async #inTurn<T>(lookup: () => Promise<T>, name: string): Promise<T> {
    if (this.#systemLookups >= SYSTEM_LOOKUPS) {
      if (this.#waiting.length >= SYSTEM_WAITING) throw codeError("EAI_AGAIN", name);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else this.#systemLookups++;
    try {
      return await lookup();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#systemLookups--;
    }
  }
}

const fromSystem = (name: string): Promise<LookupAddress[]> => dns.lookup(name, { all: true });

/** What c-ares says where a server has answered, and the name has no such address; or it is no name. */
const KNOWN_TO_HAVE_NONE = new Set(["ENOTFOUND", "ENODATA", "EBADNAME", "EBADQUERY", "EFORMERR"]);

const codeError = (code: "ENOTFOUND" | "EAI_AGAIN", name: string) =>
  Object.assign(new Error(`${code} ${name}`), { code });
