/** What an app and its merchant agreed on for pushes (protocol.md section 6). */
export type PushAgreement = {
  appid: string;
  /** The app's original id, `gh_…`. */
  originalId: string;
  /** Signs pushes and encrypted replies. */
  token: string;
  /** Encrypts pushes and replies; null: none is set, which suits the plain mode only. */
  encodingAesKey: string | null;
  format: "json" | "xml";
  /** `plain` sends the message, `secure` its encryption, `compatible` both. */
  mode: "plain" | "compatible" | "secure";
};

/** What of an agreement nobody else may see. */
export const secretsOf = ({ token, encodingAesKey }: PushAgreement): string[] =>
  encodingAesKey === null ? [token] : [token, encodingAesKey];
