import { isDeepStrictEqual } from "node:util";
import { isProblem, type Problem } from "../../src/http/admin/problem.ts";
import type { Who } from "../../src/http/admin/who.ts";
import { operate, operated, operatedFile } from "../../testing/admin.ts";
import type { TestServer } from "../../testing/server.ts";
import { Mismatch } from "./compare.ts";
import { type Dice, type Pools, pick } from "./kinds.ts";
import type { ShopModel } from "./model.ts";
import { Refused } from "./reading.ts";

/** A hand-out from its making to its end: `dry` 1: with a dry run before. `people` are openids with spaces between. */
type Given = { [member: string]: string | number };

/** A line of the result file: whose it is, `given` or the wire's code for why not, and the user coupon's id. */
type Row = [openid: string, result: string | number, id: string];
export type HandedOut = { state: string; rows: Row[] };

/** How many hand-outs an app makes, that some are made again. */
const HAND_OUTS = 2;

/** Hands a coupon out to some people, one of them twice now and then. */
export function rollHandOut(shop: ShopModel, rolled: Dice, pools: Pools, now: number): Given {
  const claimable = shop.coupons.filter((one) => shop.canClaim(one, now)).map(({ id }) => id);
  const coupons = rolled.aim % 4 > 0 && claimable.length > 0 ? claimable : pools.coupons;
  const people = Array.from({ length: 1 + (rolled.one % 4) }, (_, i) => pick(pools.openids, rolled.person + i));
  return {
    out_coupon_id: pick(coupons, rolled.coupon),
    request_id: `hand-out-${rolled.held % HAND_OUTS}`,
    people: [...people, ...(rolled.two % 3 === 0 ? people.slice(0, 1) : [])].join(" "),
    dry: rolled.two % 2,
  };
}

/** What a hand-out comes to. Made again it is the same; its lines are no operator's but the job's. */
export function handOut(shop: ShopModel, { out_coupon_id, request_id, people }: Given, now: number): HandedOut {
  const [couponId, id] = [String(out_coupon_id), String(request_id)];
  const before = shop.handOuts.get(id);
  if (before && before.couponId !== couponId) throw new Refused(1090033, "made of another coupon");
  if (before) return before.handedOut;
  shop.coupon(couponId);
  shop.by = "";
  const seen = new Set<string>();
  const rows = String(people)
    .split(" ")
    .map((openid, line): Row => {
      if (seen.has(openid)) return [openid, "repeated", ""];
      seen.add(openid);
      try {
        const gift = { openid, couponId, requestId: `\u0000hand-out ${id} ${line}` };
        return [openid, "given", shop.claims.gift(gift, now).id];
      } catch (refused) {
        if (!(refused instanceof Refused)) throw refused;
        return [openid, refused.code, ""];
      }
    });
  const handedOut = { state: "done", rows };
  shop.handOuts.set(id, { couponId, handedOut });
  return handedOut;
}

/** Makes a hand-out as an operator and lets the server finish it; `codes` tell refusals in the wire's codes. */
export async function handOutAsOperator(
  server: TestServer,
  who: Who,
  { appid, dry, people, ...asked }: Given & { appid: string },
  codes: { [problem: string]: number },
): Promise<HandedOut | Problem> {
  const given = { appid, hand_out: asked.request_id };
  const finish = async (): Promise<HandedOut> => {
    await server.handOuts.work();
    const { hand_out } = await operated(server, "showHandOut", given, { who });
    const [, ...lines] = (await operatedFile(server, "listHandOutResults", given)).trimEnd().split("\n");
    const rows = lines.map((line): Row => {
      const [, openid, result, id] = line.split(",") as [string, string, string, string];
      return [openid.replace("'", ""), codes[result] ?? result, id];
    });
    return { state: hand_out.state, rows };
  };
  const file = String(people).replaceAll(" ", "\n");
  const made = await operate(server, "createHandOut", { appid, ...asked, dry_run: dry === 1 }, { who, file });
  if (isProblem(made)) return made;
  const supposed = await finish();
  if (dry !== 1) return supposed;
  await operated(server, "startHandOut", given, { who });
  const real = await finish();
  const told = ({ rows }: HandedOut) => rows.map(([openid, result]) => [openid, result]);
  if (!isDeepStrictEqual(told(supposed), told(real)))
    throw new Mismatch(`a dry run told ${JSON.stringify(supposed)}, and it came to ${JSON.stringify(real)}`);
  return real;
}
