import { z } from "zod";
import { count, seconds, storeKinds } from "./scalars.ts";

const milliseconds = (about: string) => z.number().describe(`${about}, milliseconds; null: there was none.`).nullable();

/** How this process does. */
export const healthShown = z.object({
  is_ready: z.boolean().describe("Whether the store keeps writes now."),
  why: z.string().nullable().describe("What hinders it; null: nothing does."),
  version: z.string().describe("The version of Quanku."),
  node: z.string().describe("The version of Node.js."),
  store: z.enum(storeKinds).describe("What the data is kept in."),
  start_time: seconds("When this process began"),
  uptime: count("For how many seconds it has run."),
  apps: count("How many apps there are that you may read."),
  load: z
    .object({
      memory: z
        .object({
          resident: count("All of it."),
          heap_used: count("What objects take of the heap."),
          heap_total: count("What the heap takes."),
        })
        .describe("What memory the process takes, bytes."),
      calls_under_way: count("How many calls are not answered yet, this one with them."),
      commands_waiting: count("How many changes wait for the next commit."),
      connections: z
        .object({
          in_use: count("How many are in use."),
          idle: count("How many are open and idle."),
          waiting: count("How much work waits for one."),
        })
        .nullable()
        .describe("Connections to the database; null: the store needs none."),
      calls: z
        .array(
          z.object({
            path: z.string().describe("The call's path; `unknown`: a path that nobody serves."),
            count: count("How many were answered."),
            failures: z
              .array(z.object({ errcode: z.int().describe("The code."), count: count("How many were answered it.") }))
              .describe("Those that were answered another errcode than 0, the most frequent first."),
            p50: milliseconds("What half of them took at most"),
            p99: milliseconds("What 99 of 100 of them took at most"),
          }),
        )
        .describe(
          "The wire's calls that were made, by path. Times are estimated as Prometheus estimates them of histograms.",
        ),
      commits: z
        .object({
          count: count("How many there were."),
          commands: count("How many changes they held."),
          p50: z.number().nullable().describe("How many changes half of them held at most; null: there was none."),
          p99: z.number().nullable().describe("How many changes 99 of 100 of them held at most; null: there was none."),
        })
        .describe("Commits, and how many changes shared one."),
      claims: z.record(z.string(), z.int()).describe("How many claims were decided, by what became of them."),
      callbacks: z.record(z.string(), z.int()).describe("How often merchants were asked, by verdict."),
    })
    .nullable()
    .describe("What the process has to do, of all apps together: for owners; null for others."),
});
