import type { Logger } from "pino";
import { createHttpApp } from "../http/app.ts";
import { listEncoding } from "../http/coupon-calls.ts";
import { Apps } from "../service/apps.ts";
import type { Clock } from "../service/clock.ts";
import { CouponPages } from "../service/coupon-pages.ts";
import { Ledger } from "../service/ledger.ts";
import type { Store } from "../store/store.ts";

/** Puts the floors on a store: everything a process of Quanku serves with. */
export function assemble({ store, clock, log }: { store: Store; clock: Clock; log: Logger }) {
  const pages = new CouponPages(store, listEncoding);
  const ledger = new Ledger({ store, clock, onCommit: (changes) => pages.forget(changes) });
  const apps = new Apps({ store, ledger, clock });
  const http = createHttpApp({ ledger, apps, pages, reads: store, clock, log, ping: () => store.ping() });
  return { store, ledger, apps, http };
}
