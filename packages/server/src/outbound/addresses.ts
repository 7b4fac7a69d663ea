import type { LookupAddress, LookupOptions } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { buildConnector } from "undici";

/** A merchant's address is not one of the public internet. */
export class AddressRefusedError extends Error {
  override name = "AddressRefusedError";
  constructor(address: string) {
    super(
      `${address} is not a public address (${rangeOf(address)}): use a public one, or give --allow-private-callbacks, which quanku serve and quanku app verify-callback take`,
    );
  }
}

/** What kind of address it is; `unicast` are those of the public internet. IPv4 written as IPv6 counts as IPv4. */
function rangeOf(address: string): string {
  const ip = ipaddr.process(address);
  const isForeign = ip instanceof ipaddr.IPv6 && ((ip.parts[0] as number) & 0xe000) !== 0x2000;
  const range: string = ip.range();
  return isForeign && range === "unicast" ? "reserved" : range;
}

/** Whether an address belongs to the public internet. */
export const isPublic = (address: string): boolean => rangeOf(address) === "unicast";

/**
 * Connects as undici does, and, unless `allowPrivate`, to public addresses only. What is judged is the address that is
 * then connected to, so that a name which resolves to another one later gains nothing.
 */
export function connector(timeout: number, allowPrivate: boolean, lookup: LookupFunction) {
  if (allowPrivate) return buildConnector({ timeout, lookup, allowH2: false });
  const connect = buildConnector({ timeout, lookup: publicLookup(lookup), allowH2: false });
  const guarded: buildConnector.connector = (options, callback) => {
    const { hostname } = options;
    if (isIP(hostname) && !isPublic(hostname)) callback(new AddressRefusedError(hostname), null);
    else connect(options, callback);
  };
  return guarded;
}

/** Resolves a name to those of its addresses that are public; {@link AddressRefusedError} where none is. */
export function publicLookup(lookup: LookupFunction): LookupFunction {
  return (hostname, options: LookupOptions, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, []);
      const addresses = found as LookupAddress[];
      const [first, ...others] = addresses.filter(({ address }) => isPublic(address));
      if (!first) return callback(new AddressRefusedError(addresses[0]?.address ?? hostname), []);
      if (options.all) callback(null, [first, ...others]);
      else callback(null, first.address, first.family);
    });
  };
}
