import { useChange } from "../data/calls.ts";
import { Confirm } from "../ui/confirm.tsx";
import { table, useWords } from "../words/table.ts";

const words = table("resetSandbox", {
  title: { zh: "清空沙箱应用 {{appid}}", en: "Empty the sandbox app {{appid}}" },
  does: { zh: "清空：所有券、用户和订单消失", en: "Empty it: coupons, people and orders are gone" },
  goes: {
    zh: "优惠券、用户券、订单、发放、账本、报表、调用日志和回调记录全部删除；故障结束；时钟回到真实时间。",
    en: "Coupons, user coupons, orders, hand-outs, the ledger, reports, and the logs of calls and callbacks are removed; faults end; the clock shows real time again.",
  },
  stays: {
    zh: "应用本身、密钥、令牌、设置和保存的状态都留着。要能回到现在，先保存一个状态。",
    en: "The app, its secret, tokens, settings and saved states stay. To be able to come back, save a state first.",
  },
});

/** Asks whether a sandbox app is to be emptied, and says what follows. */
export function ResetSandbox({ appid, close }: { appid: string; close: () => void }) {
  const say = useWords(words);
  const reset = useChange("resetSandbox");
  return (
    <Confirm title={say("title", { appid })} does={say("does")} run={() => reset.mutateAsync({ appid })} close={close}>
      <p>{say("goes")}</p>
      <p>{say("stays")}</p>
    </Confirm>
  );
}
