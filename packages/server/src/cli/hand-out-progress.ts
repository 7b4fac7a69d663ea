import type { RouteName } from "@quanku/protocol/admin";
import type { HandOut } from "../domain/records.ts";
import type { AdminServices } from "../http/admin/handler.ts";

/** Calls after which a hand-out has work to do. */
const begun: readonly RouteName[] = ["createHandOut", "startHandOut"];

/**
 * Works on the hand-out that a call began until it is over, since no server may run; where one does, they share the work.
 * What is killed meanwhile is gone on with by a server, or by `quanku hand-out create` with the same request id. Answers
 * its id; none where the call began no hand-out.
 */
export async function finishBegun({ handOuts }: AdminServices, name: RouteName, appid: string, reply: object) {
  if (!begun.includes(name)) return undefined;
  const { hand_out: id } = (reply as { hand_out: { hand_out: string } }).hand_out;
  await handOuts.finish(appid, id, process.stderr.isTTY ? showProgress : () => {});
  if (process.stderr.isTTY) process.stderr.write("\n");
  return id;
}

function showProgress({ next, total, given }: HandOut): void {
  const width = 30;
  const done = total === 0 ? width : Math.floor((next / total) * width);
  process.stderr.write(`\r[${"#".repeat(done).padEnd(width)}] ${next} of ${total} lines, ${given} given`);
}
