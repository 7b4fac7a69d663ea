import { errors } from "undici";
import { AddressRefusedError } from "./addresses.ts";

/** Why a request has no reply, in plain words. */
export function tellFailure(error: unknown, { hostname, host }: URL): string {
  if (error instanceof AddressRefusedError) return error.message;
  const code = String((error as { code?: unknown }).code);
  if (code === "ECONNREFUSED") return `connection refused at ${host}`;
  if (/^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/.test(code))
    return `${host} closed the connection before its reply was complete`;
  if (code === "ENOTFOUND") return `the host name ${hostname} does not exist`;
  if (code === "EAI_AGAIN") return `the host name ${hostname} cannot be resolved at the moment`;
  if (/UNREACH$|ADDRNOTAVAIL$|TIMED?OUT$/.test(code)) return `no connection to ${host} can be made`;
  if (error instanceof errors.HTTPParserError) return `${host} does not answer in HTTP`;
  if (code === "UND_ERR_HEADERS_OVERFLOW") return `${host} answers with headers that are too large`;
  const certificate = certificateFaults[code];
  if (certificate) return `${host} cannot be trusted: ${certificate} (${code})`;
  if (/SSL|TLS|CERT|EPROTO/.test(code)) return `${host} does not answer in TLS as it should (${code})`;
  return `${host} cannot be asked (${code})`;
}

const certificateFaults: Record<string, string> = {
  CERT_HAS_EXPIRED: "its certificate has expired",
  CERT_NOT_YET_VALID: "its certificate is not valid yet",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is self-signed",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another host name",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate comes from an authority that is not known",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "its certificate comes from an authority that is not known",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    "its certificate comes without the intermediate ones, or from an authority that is not known",
};
