import type { App, CallbackAttempt } from "@quanku/sdk/admin";
import { Input, Select } from "antd";
import { useId, useState } from "react";
import { make, readAgain } from "../../data/calls.ts";
import { Act } from "../../ui/allowed.tsx";
import { Fault } from "../../ui/fault.tsx";
import { useWords } from "../../words/table.ts";
import { remember } from "./attempts.ts";
import { words } from "./words.ts";

/** What can be ordered to go wrong with one test event of a sandbox app, by the word that tells it. */
const faults = { twice: "push=twice", late: "push=late:2000", reordered: "push=reordered", lost: "push=lost" } as const;
type How = "once" | keyof typeof faults;
const hows: readonly How[] = ["once", "twice", "late", "reordered", "lost"];

/** How long an ordered fault waits for its event at most, in seconds of real time. */
const PATIENCE = 60;

/** Sends a claim that is only a test; in a sandbox also so that one thing goes wrong with it. */
export function TestEvent({ app, open }: { app: App; open: (callback: string) => void }) {
  const say = useWords(words);
  const id = useId();
  const [how, setHow] = useState<How>("once");
  const [coupon, setCoupon] = useState("");
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<unknown>();
  const go = async () => {
    setSending(true);
    setError(undefined);
    try {
      const attempt = await send(app.appid, how, coupon.trim());
      remember(app.appid, attempt);
      open(attempt.callback);
    } catch (failure) {
      setError(failure);
    }
    setSending(false);
    await readAgain(app.appid);
  };
  return (
    <fieldset className="lab-test">
      <legend>{say("test")}</legend>
      <label htmlFor={`${id}-coupon`}>{say("testOf")}</label>
      <Input
        id={`${id}-coupon`}
        value={coupon}
        maxLength={128}
        placeholder={say("testOfHow")}
        onChange={({ target }) => setCoupon(target.value)}
      />
      {app.sandbox && (
        <>
          <label htmlFor={`${id}-how`}>{say("how")}</label>
          <Select<How>
            id={`${id}-how`}
            value={how}
            onChange={setHow}
            options={hows.map((value) => ({ value, label: say(`how_${value}`) }))}
          />
        </>
      )}
      <Act
        why={app.callback_url_in_force === null ? say("noUrl") : undefined}
        loading={isSending}
        onClick={() => void go()}
      >
        {say("test")}
      </Act>
      <Fault error={error} />
    </fieldset>
  );
}

/** Orders the fault for this one event, sends it, and takes back what it did not meet. Answers the first attempt. */
async function send(appid: string, how: How, coupon: string): Promise<CallbackAttempt> {
  const test = async () => {
    const { callback } = await make("testCallback", { appid, ...(coupon !== "" && { out_coupon_id: coupon }) });
    return callback;
  };
  if (how === "once") return test();
  const { fault } = await make("orderFault", { appid, what: faults[how], calls: "claim", count: 1, seconds: PATIENCE });
  let isMet = false;
  try {
    const sent = await Promise.all(how === "reordered" ? [test(), test()] : [test()]);
    isMet = sent.some((attempt) => attempt.fault !== null);
    return sent[0] as CallbackAttempt;
  } finally {
    if (!isMet) await make("endFault", { appid, fault: fault.fault }).catch(() => {});
  }
}
