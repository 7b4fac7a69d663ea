import { z } from "zod";
import { route } from "../route.ts";
import { count, seconds, whole } from "../scalars.ts";

const faults = "/apps/{appid}/faults";

/** How long a fault lasts unless it is said, and at most, in seconds. */
export const FAULT_SECONDS = { byDefault: 600, most: 86_400 };

const what = () =>
  z
    .string()
    .describe(
      "What goes wrong: of a call `errcode=45009`, `delay=3000` (milliseconds), `reset`, `reset=after` (it is done first), `half` (of the reply), `http=502`, `token` (that of the call ends); of a push to the merchant `push=late:2000`, `push=twice`, `push=reordered`, `push=lost` (the reply).",
    );

/** A fault as operators see it. */
const faultShown = z.object({
  fault: z.string().describe("Its id."),
  what: what(),
  calls: z.string().nullable().describe("With which calls, by their names, with commas between; null: with all."),
  share: z.int().describe("How many of those that it sees it hits, ten-thousandths."),
  count: z.int().nullable().describe("After how many hits it ends; null: by time alone."),
  seed: z.int().describe("What is drawn follows from it: the same again hits the same, by their order."),
  seen: count("How many calls or pushes it saw."),
  hit: count("How many of them it hit."),
  order_time: seconds("When it was ordered, in real time"),
  end_time: seconds("When it is over at the latest, in real time, however the app's clock goes"),
});

/** The calls about faults that are ordered. */
export const faultsRoutes = {
  listFaults: route({
    method: "GET",
    path: faults,
    role: "viewer",
    about: "The faults that are ordered of a sandbox app and not over, in the order in which a call meets them.",
    reply: z.object({ entries: z.array(faultShown).describe("The faults.") }),
    command: "fault list",
  }),
  orderFault: route({
    method: "POST",
    path: faults,
    role: "manager",
    about:
      "Orders that something goes wrong with calls of a sandbox app, or with pushes to its merchant; it ends by itself.",
    body: z.strictObject({
      what: what(),
      calls: z
        .string()
        .max(500)
        .describe(
          "With which calls, by their names, with commas between: `claim,redeem`; `token` and `stable_token` are the fetches of tokens. Left out: with all.",
        )
        .optional(),
      share: whole(1, 10_000)
        .describe("How many of those that it sees it hits, ten-thousandths; all, 10000, unless given.")
        .optional(),
      count: whole(1).describe("After how many hits it ends; left out: by time alone.").optional(),
      seed: whole()
        .describe(
          "What is drawn follows from it: the same again hits the same, by their order. Drawn and told unless given.",
        )
        .optional(),
      seconds: whole(1, FAULT_SECONDS.most)
        .describe(
          `After how many seconds of real time it ends at the latest, 1-${FAULT_SECONDS.most}; ${FAULT_SECONDS.byDefault} unless given.`,
        )
        .optional(),
    }),
    reply: z.object({ fault: faultShown.describe("What is ordered.") }),
    command: "fault order",
  }),
  endFault: route({
    method: "DELETE",
    path: `${faults}/{fault}`,
    role: "manager",
    about: "Ends a fault before its time.",
    reply: z.object({ fault: faultShown.describe("The fault as it was last.") }),
    command: "fault end",
  }),
  endFaults: route({
    method: "DELETE",
    path: faults,
    role: "manager",
    about: "Ends all faults of a sandbox app.",
    reply: z.object({ ended: count("How many there were.") }),
    command: "fault end-all",
  }),
} as const;
