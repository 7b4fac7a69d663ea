import type { Tls, TlsGiven } from "./terms.ts";

/** The addresses that only this machine reaches. */
export const loopbacks: readonly string[] = ["127.0.0.1", "::1", "localhost"];

/** How a server speaks TLS as its options say; undefined where it does not. Throws, naming the option and the fix. */
export async function tlsOf(
  options: TlsGiven & { host: string; dataDir: string },
  clock: () => number = Date.now,
): Promise<Tls | undefined> {
  const { host, tlsCert: cert, tlsKey: key, tlsDev } = options;
  if (tlsDev) {
    if (cert !== undefined || key !== undefined)
      throw new Error(
        `--tls-dev makes its own certificate: leave it out, or leave out ${cert ? "--tls-cert" : "--tls-key"}`,
      );
    if (!loopbacks.includes(host))
      throw new Error(
        `--tls-dev serves on loopback only, because its certificate says api.weixin.qq.com: leave out --host ${host}, or give a certificate of that host's with --tls-cert and --tls-key`,
      );
    return (await import("./development.ts")).developmentTls(options.dataDir, clock);
  }
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined) throw new Error("--tls-key needs --tls-cert beside it: name the file of the certificate");
  if (key === undefined) throw new Error("--tls-cert needs --tls-key beside it: name the file of the private key");
  return (await import("./given.ts")).givenTls({ cert, key }, clock);
}
