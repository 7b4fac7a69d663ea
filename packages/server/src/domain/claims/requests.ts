/** How long a request id of a claim over the wire may be, in UTF-16 units (protocol.md section 7). */
const WIRE_MOST = 128;

/**
 * The request id under which something is given that no claim over the wire asked for: `id` is unique among what is given
 * `by` this way. It is longer than the wire lets a request id be, so that it can never be one that a merchant's own
 * program chose, whatever that is; two of them differ where their `by` or their `id` does.
 */
export const ownRequestId = (by: string, id: string): string => `${by}:`.padEnd(WIRE_MOST, " ") + id;
