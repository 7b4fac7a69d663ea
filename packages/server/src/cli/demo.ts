import { fileURLToPath } from "node:url";
import type { Apps } from "../service/apps.ts";
import type { Ledger } from "../service/ledger.ts";
import type { StoreReads } from "../store/store.ts";
import { importSnapshot } from "./snapshot-file.ts";

/** The platform's documented sample shop. Its secret is no secret: the demo is served on loopback only. */
export const demoApp = { appid: "wx9e20708660a0991b", secret: "quanku-demo-secret" };

const snapshot = fileURLToPath(new URL("demo-shop.jsonl", import.meta.url));

/**
 * Creates the demo shop in a store without apps. A start that was cut off between the two steps is mended by the next:
 * a demo app without coupons is filled.
 */
export async function ensureDemoShop({ apps, ledger, store }: { apps: Apps; ledger: Ledger; store: StoreReads }) {
  const all = await apps.list();
  if (all.length === 0) await apps.create(demoApp.appid, { secret: demoApp.secret, settings: { autoExpire: false } });
  else if (all[0]?.appid !== demoApp.appid || (await store.listCoupons(demoApp.appid, 0, 0)).total > 0) return;
  await importSnapshot({ ledger, file: snapshot, appid: demoApp.appid });
}
