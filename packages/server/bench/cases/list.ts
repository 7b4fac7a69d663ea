import { startBare } from "../bare.ts";
import { call, signIn } from "../client.ts";
import { doubts, tell } from "../figures.ts";
import { startQuanku, temporaryDirectory } from "../processes.ts";
import { interleave, ratios } from "../rounds.ts";
import { createShop } from "../shop.ts";
import { residentMiB } from "../system.ts";
import type { Case } from "./case.ts";

const CONNECTIONS = 32;
const page = { page_size: 200, offset: 0 };

export const list: Case = {
  name: "list",
  about: "get_list of one page of 200 against bare node:http that sends the same bytes",
  async run({ run, pace, profileTo }) {
    const directory = temporaryDirectory();
    await createShop({ dataDir: directory.path }, 2000);
    const quanku = await startQuanku({ dataDir: directory.path }, { profileTo });
    const path = (await signIn(quanku))("get_list");
    const reply = await call(quanku, path, page);
    const bare = await startBare(directory.path, reply);

    const load = { path, bodies: { kind: "cycle", bodies: [JSON.stringify(page)] }, connections: CONNECTIONS } as const;
    const [ours, theirs] = await interleave(run, pace, [
      { name: "Quanku", servers: [quanku], ...load },
      { name: "bare node:http", servers: [bare], ...load },
    ]);
    const resident = residentMiB(quanku.pid);
    await Promise.all([quanku.stop(), bare.stop()]);
    directory.remove();

    const entry = Math.round(reply.bytes.length / page.page_size);
    return [
      {
        what: `get_list, a page of 200 of ${entry} bytes, ${CONNECTIONS} connections`,
        values: ratios(ours, theirs),
        unit: "of bare node:http",
        aim: 0.9,
        floor: 0.75,
        better: "higher",
        sides: [tell(ours), tell(theirs)],
        limit: `what a request costs before its bytes are sent: routing, token, reading and checking the body${doubts(ours, theirs)}`,
      },
      {
        what: "resident memory after that",
        values: [resident],
        unit: "MiB",
        better: "lower",
        sides: [],
        limit: "replies of 190 KB on their way to each connection, and what the garbage collector leaves until later",
      },
    ];
  },
};
