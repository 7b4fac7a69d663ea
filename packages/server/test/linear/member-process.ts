/** The program of a server that `members.ts` starts: answers each message as soon as it can. */
import { type Ask, startMember, type Way } from "./members.ts";

const [dataDir = "", name = "", way = ""] = process.argv.slice(2);
const member = startMember(dataDir, name, JSON.parse(way) as Way);

process.on("message", async ({ id, ask }: { id: number; ask: Ask | null }) => {
  const { ask: answer } = await member;
  process.send?.({ id, reply: ask ? await answer(ask) : "ready" });
});
process.on("disconnect", () => process.exit());
process.on("SIGTERM", async () => {
  await (await member).close();
  process.exit();
});
