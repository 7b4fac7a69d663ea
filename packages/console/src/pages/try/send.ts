/** A reply as it came. */
export type Came = {
  status: number;
  text: string;
  /** What names the call in the log; null where it is in none. */
  rid: string | null;
  /** The fault that was played on it. */
  fault: string | null;
  milliseconds: number;
};

/** What became of a request: a reply, or why none came. */
export type Outcome = Came | { failed: string; milliseconds: number };

/** A request that was sent, and what came of it, or of fetching its token. */
export type Sent = { of: "token" | "call"; outcome: Outcome };

/** An access token, and until when it is good, in Unix seconds of real time. */
export type Token = { token: string; until: number };

/** What this tab keeps of each app while it is open, in memory alone. */
const secrets = new Map<string, string>();
const tokens = new Map<string, Token>();

export const secretOf = (appid: string): string | undefined => secrets.get(appid);
export const tokenOf = (appid: string): Token | undefined => tokens.get(appid);

/** Keeps an app's secret, and forgets the token that another fetched. */
export function keepSecret(appid: string, secret: string): void {
  if (secrets.get(appid) !== secret) tokens.delete(appid);
  secrets.set(appid, secret);
}

/** Keeps nothing of an app any more. */
export function forget(appid: string): void {
  secrets.delete(appid);
  tokens.delete(appid);
}

/** Sends to this server alone, as a program does: without cookies; no redirect is followed. */
async function post(address: string, body: string, fault?: string): Promise<Outcome> {
  const began = performance.now();
  const took = () => Math.round(performance.now() - began);
  try {
    const response = await fetch(address, {
      method: "POST",
      body,
      headers: { "content-type": "application/json", ...(fault && { "quanku-fault": fault }) },
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
      referrerPolicy: "no-referrer",
    });
    const { status, headers } = response;
    const text = await response.text();
    return { status, text, rid: headers.get("quanku-rid"), fault: headers.get("quanku-fault"), milliseconds: took() };
  } catch (error) {
    return { failed: (error as Error).message, milliseconds: took() };
  }
}

/** An access token for an app, fetched unless there is a good one; or what became of fetching it. */
async function tokenFor(appid: string, now: number): Promise<Token | Outcome> {
  const kept = tokens.get(appid);
  if (kept && kept.until > now + 10) return kept;
  const asked = { grant_type: "client_credential", appid, secret: secrets.get(appid) ?? "" };
  const came = await post("/cgi-bin/stable_token", JSON.stringify(asked));
  const { access_token: token, expires_in: seconds } = "text" in came ? membersOf(came.text) : {};
  if (typeof token !== "string" || typeof seconds !== "number") return came;
  const fresh = { token, until: now + seconds };
  tokens.set(appid, fresh);
  return fresh;
}

/** A call to make. `now` is the app's own time, by which tokens end. */
export type Call = { appid: string; now: number; path: string; body: string; fault: string | undefined };

/** Makes a call. A token that is refused is forgotten, so that the next call fetches another. */
export async function send({ appid, now, path, body, fault }: Call): Promise<Sent> {
  const token = await tokenFor(appid, now);
  if (!("token" in token)) return { of: "token", outcome: token };
  const outcome = await post(`${path}?access_token=${encodeURIComponent(token.token)}`, body, fault);
  const errcode = "text" in outcome ? errcodeIn(outcome.text) : undefined;
  if (errcode === 40001 || errcode === 42001) tokens.delete(appid);
  return { of: "call", outcome };
}

/** The errcode of a reply; undefined where it has none. */
export function errcodeIn(text: string): number | undefined {
  const { errcode } = membersOf(text);
  return typeof errcode === "number" ? errcode : undefined;
}

function membersOf(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
