import { z } from "zod";
import { route } from "../route.ts";
import { nothing } from "../scalars.ts";
import { appShown, stateShown } from "../shapes.ts";

const all = "/apps/{appid}/sandbox/states";
const one = `${all}/{state}` as const;
const app = z.object({ app: appShown.describe("The app as it is now.") });

/** The calls about states of sandbox apps. */
export const statesRoutes = {
  resetSandbox: route({
    method: "POST",
    path: "/apps/{appid}/sandbox/reset",
    role: "manager",
    about:
      "Empties a sandbox app, ends its faults and brings its clock back to now, all at once. The app stays, with its secret, tokens, settings and saved states; its journal begins anew.",
    body: z.strictObject({}),
    reply: app,
    command: "sandbox reset",
  }),
  saveSandbox: route({
    method: "PUT",
    path: one,
    role: "manager",
    about:
      "Keeps what a sandbox app has under a name, in the place of what was kept under it: at most 20 states of an app, each of at most 100 000 records and 64 MiB of them as text. Hand-outs, faults and logs are not in it.",
    body: z.strictObject({}),
    reply: z.object({ state: stateShown.describe("What is kept.") }),
    command: "sandbox save",
  }),
  loadSandbox: route({
    method: "POST",
    path: `${one}/load`,
    role: "manager",
    about:
      "Puts a sandbox app back to what was kept under a name, all at once: records, settings, reports and clock; what came since is gone. Its secret stays, and tokens stay good for as long as they were; its journal begins anew.",
    body: z.strictObject({}),
    reply: app,
    command: "sandbox load",
  }),
  listSandboxStates: route({
    method: "GET",
    path: all,
    role: "viewer",
    about: "The states that are kept of a sandbox app, by their names.",
    reply: z.object({ entries: z.array(stateShown).describe("The states.") }),
    command: "sandbox list",
  }),
  removeSandboxState: route({
    method: "DELETE",
    path: one,
    role: "manager",
    about: "Keeps a state of a sandbox app no longer.",
    reply: nothing,
    command: "sandbox remove",
  }),
} as const;
