import { expect, it } from "vitest";
import { connect } from "../../testing/client.ts";
import { addActive, coupon } from "../../testing/coupons.ts";
import { behind, tampered, unguard } from "../../testing/tampering.ts";
import { createApp, patiently, places, quanku, startServer } from "./server-process.ts";

const CLAIMANTS = 8;
/** How many verifications run beside claims, and how many claims at least are granted beside each. */
const [VERIFICATIONS, CLAIMS] = [3, 50];

it.each(["sqlite", "postgres"] as const)(
  "quanku verify is right beside running claims on %s, and names what was changed by hand",
  async (kind) => {
    const place = await places[kind]();
    const where = kind === "sqlite" ? ["--data-dir", place] : ["--database-url", place, "--statement-timeout", "10000"];
    const app = await createApp(place, "wx-verified");
    const server = await startServer(place, ...patiently);
    const client = connect(server.url, app, CLAIMANTS);
    await addActive(client, coupon("c", { total_num: 1_000_000, limit_num_one_person: 2 }));
    let granted = 0;
    let isOver = false;
    const claim = async (claimant: number) => {
      for (let i = 0; !isOver; i++) {
        const openid = `person-${claimant}-${i >> 1}`;
        await client.must("claim", { openid, out_coupon_id: "c", request_id: `${claimant}-${i}` });
        granted++;
      }
    };
    const claiming = Promise.all(Array.from({ length: CLAIMANTS }, (_, claimant) => claim(claimant)));

    for (let round = 0; round < VERIFICATIONS; round++) {
      const before = granted;
      await expect.poll(() => granted, { timeout: 60_000 }).toBeGreaterThan(before + CLAIMS);
      const known = granted;
      const { code, stdout, stderr } = await quanku("verify", app.appid, "--json", ...where);
      expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: "" });
      const { state, entries, of } = JSON.parse(stdout);
      expect({ state, entries }).toEqual({ state: "right", entries: of });
      expect(entries, "what was acknowledged before it began").toBeGreaterThanOrEqual(known);
    }
    isOver = true;
    await claiming;

    const all = await quanku("verify", ...where);
    expect(all).toMatchObject({ code: 0, stderr: "" });
    expect(all.stdout).toMatch(
      /^wx-verified is right: \d+ entries, \d+ records, digest \S+\nthe house is right: [^\n]+\n$/,
    );
    const database = kind === "sqlite" ? { dataDir: place } : { url: place };
    await unguard(database);
    await tampered(database, "stock", "UPDATE stock SET claimed = claimed + 1", async () => {
      const { code, stdout } = await quanku("verify", app.appid, ...where);
      expect(code).toBe(1);
      expect(stdout).toMatch(/^wx-verified is WRONG: /);
      expect(stdout).toMatch(
        /\n {2}entry \d+: the stock of coupon "c": claimed is \d+ in the database, entry \d+ left it \d+\n$/,
      );
    });
    await behind(database, "DELETE FROM journal WHERE command = 'changeCouponStatus'");
    const { code, stdout } = await quanku("verify", app.appid, "--json", ...where);
    expect({ code, state: JSON.parse(stdout).state }).toEqual({ code: 1, state: "wrong" });
    expect(await quanku("verify", "nobody", ...where)).toMatchObject({ code: 1, stdout: "" });

    client.close();
    expect(await server.stop()).toMatchObject({ code: 0, stderr: "" });
  },
);
