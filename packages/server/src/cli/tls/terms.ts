import type { Pair } from "./certificates.ts";

/** What `serve` is told of TLS: files of a certificate and its key in PEM, or to use an authority of its own. */
export type TlsGiven = { tlsCert?: string; tlsKey?: string; tlsDev: boolean };

/** How a server speaks TLS. */
export type Tls = {
  /** What it begins with. */
  pair: Pair;
  /** What `quanku serve` tells of it once it listens. */
  notes(url: string): string[];
  /** The authority that clients are to trust, where it is one of our own. */
  authority: string | undefined;
  /** How often it is looked whether there is a newer certificate, in milliseconds. */
  interval: number;
  /** A newer certificate than the one that was answered last, if there is one. Throws where there is one that cannot be used. */
  newer(): Promise<Pair | undefined>;
};
