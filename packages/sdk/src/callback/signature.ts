const encoder = new TextEncoder();

/** `sha1` in lower-case hex of the parts, sorted and joined (protocol.md section 6). */
export async function signPush(...parts: string[]): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-1", encoder.encode(parts.toSorted().join("")));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Whether a signature is the one of the parts, found out in a time that does not tell how much of it is right. */
export async function isSignedPush(signature: string, ...parts: string[]): Promise<boolean> {
  const expected = await signPush(...parts);
  let difference = signature.length ^ expected.length;
  for (let at = 0; at < expected.length; at++) difference |= signature.charCodeAt(at) ^ expected.charCodeAt(at);
  return difference === 0;
}
