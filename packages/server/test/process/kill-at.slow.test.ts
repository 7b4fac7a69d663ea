import { expect, it, onTestFinished } from "vitest";
import { openSqliteStore } from "../../src/store/sqlite/open.ts";
import { addActive, coupon } from "../../testing/coupons.ts";
import { startTestServer } from "../../testing/server.ts";
import { temporaryDirectory } from "../../testing/temporary-directory.ts";
import { forkMember, Killed, type Member } from "../linear/members.ts";
import { toldBy } from "./moments.ts";
import { expectAllThere, type Granted } from "./restarted.ts";

const AT_ONCE = 12;
const hook = new URL("kill-at.ts", import.meta.url);
/** One; and as many more as the environment says, for a soak. */
const KILLS = Number(process.env.QUANKU_KILLS ?? 0);
const one: [nth: number, when: "before" | "after"] = [3, "before"];
const more = Array.from({ length: KILLS }, (_, n): typeof one => [1 + (n >> 1), n % 2 ? "before" : "after"]);

function directory(): string {
  const { path, remove } = temporaryDirectory();
  onTestFinished(remove);
  return path;
}

/** A server whose thread writes the journal first, and that kills itself at a commit. */
const startUntil = (dataDir: string, at: string): Promise<Member> =>
  forkMember(
    dataDir,
    "of-load",
    { commits: "by thread", generation: 30 },
    {
      execArgv: ["--import", hook.href],
      env: { ...process.env, QUANKU_KILL_AT: at },
    },
  );

/** Claims, so many at once, until the server is killed. */
async function claimUntilKilled(member: Member, app: { appid: string; accessToken: string }): Promise<Granted[]> {
  const granted: Granted[] = [];
  let isKilled = false;
  async function claim(n: number): Promise<void> {
    const body = { openid: `person-${n % 40}`, out_coupon_id: "hot", request_id: `request-${n}` };
    const asked = { appid: app.appid, token: app.accessToken, call: "claim", body: JSON.stringify(body) };
    const reply = await member.ask(asked).catch((error) => {
      if (!(error instanceof Killed)) throw error;
      isKilled = true;
    });
    if (reply?.startsWith('{"errcode":0,')) granted.push({ body, reply });
  }
  for (let from = 0; !isKilled; from += AT_ONCE)
    await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => claim(from + i)));
  return granted;
}

it.each([one, ...more])(
  "killed at commit %i of the thread, %s it, all that was granted is there",
  async (nth, when) => {
    const dataDir = directory();
    const store = openSqliteStore(dataDir);
    const server = await startTestServer({ store });
    const app = await server.createApp("wx-killed");
    await addActive(app, coupon("hot", { total_num: 1_000_000 }));
    await server.close();
    await store.close();

    const granted = await claimUntilKilled(await startUntil(dataDir, `thread ${nth} ${when}`), app);
    const { settled, last } = toldBy(dataDir);
    if (settled < last)
      for (const at of ["main 1 before", "main 1 after"])
        await expect(startUntil(dataDir, at), "killed while it opens the file").rejects.toThrow(Killed);
    await expectAllThere(dataDir, app, granted);
    expect(toldBy(dataDir).last).toBeGreaterThanOrEqual(last);
  },
);
