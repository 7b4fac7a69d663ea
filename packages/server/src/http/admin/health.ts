import type { RouteReply } from "@quanku/protocol/admin";
import packageJson from "../../../package.json" with { type: "json" };
import { type Distribution, nothingSeen, quantile } from "../distribution.ts";
import type { Counted } from "../metrics.ts";
import type { AdminHandlers } from "./handler.ts";
import { hasApp } from "./who.ts";

type Load = NonNullable<RouteReply<"showHealth">["health"]["load"]>;

/** How this process does. What all apps together make of it is for those who may see all apps. */
export const healthHandlers: AdminHandlers<"showHealth"> = {
  async showHealth({ services: { readiness, apps, store, metrics }, who }) {
    const [ready, served] = await Promise.all([readiness(), apps.served()]);
    const load = who.role === "owner" ? loadOf(metrics.counted()) : null;
    return {
      reply: {
        health: {
          is_ready: ready.isReady,
          why: ready.isReady ? null : ready.why,
          version: packageJson.version,
          node: process.versions.node,
          store: store.kind,
          start_time: Math.floor(performance.timeOrigin / 1000),
          uptime: Math.floor(process.uptime()),
          apps: served.filter(({ appid }) => hasApp(who, appid)).length,
          load,
        },
      },
    };
  },
};

function loadOf({ underWay, waiting, connections, answered, seconds, commands, claims, callbacks }: Counted): Load {
  const { rss, heapUsed, heapTotal } = process.memoryUsage();
  return {
    memory: { resident: rss, heap_used: heapUsed, heap_total: heapTotal },
    calls_under_way: underWay,
    commands_waiting: waiting,
    connections: connections
      ? { in_use: connections.inUse, idle: connections.idle, waiting: connections.waiting }
      : null,
    calls: callsOf(answered, seconds),
    commits: {
      count: commands.count,
      commands: commands.sum,
      p50: quantile(commands, 0.5),
      p99: quantile(commands, 0.99),
    },
    claims: { ...claims },
    callbacks: { ...callbacks },
  };
}

function callsOf(answered: Counted["answered"], seconds: Counted["seconds"]): Load["calls"] {
  const byPath = [...Map.groupBy(answered, ({ path }) => path)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return byPath.map(([path, answers]) => {
    const took = seconds.get(path) ?? nothingSeen;
    return {
      path,
      count: answers.reduce((sum, { count }) => sum + count, 0),
      failures: answers
        .filter(({ errcode }) => errcode !== 0)
        .map(({ errcode, count }) => ({ errcode, count }))
        .toSorted((a, b) => b.count - a.count),
      p50: milliseconds(took, 0.5),
      p99: milliseconds(took, 0.99),
    };
  });
}

function milliseconds(took: Distribution, share: number): number | null {
  const seconds = quantile(took, share);
  return seconds === null ? null : Math.round(seconds * 1e6) / 1000;
}
