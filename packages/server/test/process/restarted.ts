import { expect } from "vitest";
import { verify } from "../../src/service/verification.ts";
import { openSqliteStore } from "../../src/store/sqlite/open.ts";
import { startTestServer } from "../../testing/server.ts";

/** A claim that was granted, and how that was told. */
export type Granted = { body: object; reply: string };

/** Starts on what a kill left: whatever was granted by then is answered as it was, and the books are right. */
export async function expectAllThere(
  dataDir: string,
  app: { appid: string; accessToken: string },
  granted: readonly Granted[],
): Promise<void> {
  const store = openSqliteStore(dataDir);
  const server = await startTestServer({ store });
  try {
    const { faults, entries, of } = await verify(store, app.appid);
    expect({ faults, entries }).toEqual({ faults: [], entries: of });
    for (const { body, reply } of granted) {
      const path = `/quanku/coupon/claim?access_token=${app.accessToken}`;
      const answer = await server.fetch(path, { method: "POST", body: JSON.stringify(body) });
      expect(await answer.text()).toBe(reply);
    }
  } finally {
    await server.close();
    await store.close();
  }
}
