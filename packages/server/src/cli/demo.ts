import { fileURLToPath } from "node:url";
import { demoShop } from "@quanku/protocol/explain";
import { isRefusal } from "../domain/outcome.ts";
import type { App } from "../domain/records.ts";
import type { Operators } from "../service/access/operators.ts";
import { type Apps, isSecretOf } from "../service/apps.ts";
import type { Ledger } from "../service/ledger.ts";
import type { StoreReads } from "../store/store.ts";
import { importSnapshot } from "./snapshot-file.ts";

/** The platform's documented sample shop. Its secret is no secret: the demo is served on loopback only. */
export const demoApp = demoShop;

const snapshot = fileURLToPath(new URL("demo-shop.jsonl", import.meta.url));

/** `absent`: the store has apps of its own, which the demo leaves alone; `own_secret`: it was given one nobody published. */
export type DemoShop = "ready" | "absent" | "own_secret";

/** Whether everybody who read the documentation can call as this app. Without `--demo` no such app is served. */
export const hasPublishedSecret = (app: App): boolean => app.appid === demoApp.appid && isSecretOf(app, demoApp.secret);

/**
 * Creates the demo shop in a store without apps; answers what there is now. A start that was cut off between the two
 * steps is mended by the next: a demo app without coupons is filled.
 */
export async function ensureDemoShop(services: { apps: Apps; ledger: Ledger; store: StoreReads }): Promise<DemoShop> {
  const { apps, ledger, store } = services;
  const { appid, secret } = demoApp;
  if ((await apps.list()).length === 0)
    await apps.create(appid, { secret, settings: { autoExpire: false }, sandbox: true }, "command_line");
  const app = await apps.find(appid);
  if (!app) return "absent";
  if (!hasPublishedSecret(app)) return "own_secret";
  if ((await store.listCoupons(appid, 0, 0)).total === 0)
    await importSnapshot({ ledger, file: snapshot, appid, by: "command_line" });
  return "ready";
}

/** The operator of the demo, who has no password: only a link lets anybody be them. */
export const demoOperator = "demo";

/** Makes the demo's operator where there is none at all; answers whether it can be signed in as. */
export async function ensureDemoOperator(operators: Operators): Promise<boolean> {
  const made = { name: demoOperator, role: "owner", apps: [], password: null } as const;
  const all = await operators.list();
  if (all.length === 0) return !isRefusal(await operators.create(made, "command_line"));
  return all.some(({ name, password }) => name === demoOperator && password === null);
}
