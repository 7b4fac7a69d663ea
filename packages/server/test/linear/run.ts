import { setTimeout as sleep } from "node:timers/promises";
import type { CallName } from "@quanku/protocol/calls";
import { temporaryDirectory } from "../../testing/temporary-directory.ts";
import type { Event } from "./history.ts";
import { forkMember, type Member, startMember, type Way } from "./members.ts";
import { type Dice, diceOf, Play, terms } from "./play.ts";
import { codeOf, opening } from "./shop.ts";

/** Several servers on one file. Those after the first have processes of their own, of which one is killed in each history. */
export type Company = { ways: readonly Way[]; inProcesses?: boolean; isKilled?: boolean };

/** Plays so many histories on servers on one file; each must be linearizable. Answers how often each call had each answer. */
export async function playHistories(company: Company, histories: number, seed: number): Promise<Map<string, number>> {
  const { ways, inProcesses = false, isKilled = false } = company;
  const directory = temporaryDirectory();
  const tally = new Map<string, number>();
  const start = async (at: number): Promise<Member> => {
    const given = [directory.path, `of-${at}`, ways[at] as Way] as const;
    return inProcesses ? forkMember(...given) : { ...(await startMember(...given)), kill: async () => {} };
  };
  const first = await startMember(directory.path, "of-0", ways[0] as Way);
  const members: Member[] = [{ ...first, kill: async () => {} }];

  async function kill(dice: Dice): Promise<void> {
    const victim = 1 + dice(members.length - 1);
    const killed = members[victim] as Member;
    await sleep(dice(6));
    await killed.kill();
    const reborn = start(victim);
    members[victim] = { ...killed, ask: async (asked) => (await reborn).ask(asked) };
    members[victim] = await reborn;
  }

  async function play(name: string, dice: Dice): Promise<readonly Event[]> {
    const { total, limit } = terms(dice);
    const { appid, accessToken: token, must } = await first.server.createApp(name);
    for (const [call, body] of opening(total, limit)) await must(call as CallName, body);
    return new Play({ appid, token, total, limit }, members, dice).run(isKilled ? () => kill(dice) : undefined);
  }

  try {
    for (let at = 1; at < ways.length; at++) members.push(await start(at));
    for (let n = 0; n < histories; n++) {
      const events = await play(`wx-${n}`, diceOf(seed + n)).catch((cause) => {
        throw new Error(`history ${n} of seed ${seed} on ${JSON.stringify(company)}: ${cause.message}`, { cause });
      });
      for (const { call, reply } of events) {
        const what = `${call} ${reply === undefined ? "killed" : (codeOf(reply) ?? "")}`.trim();
        tally.set(what, (tally.get(what) ?? 0) + 1);
      }
    }
    return tally;
  } finally {
    for (const member of members) await member.close();
    directory.remove();
  }
}
