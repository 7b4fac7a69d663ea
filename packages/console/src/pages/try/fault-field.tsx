import type { CallName } from "@quanku/sdk";
import { AutoComplete, Form } from "antd";
import { useUrlState } from "../../ui/url-state.ts";
import { useWords } from "../../words/table.ts";
import { words } from "./words.ts";

const faults = [
  ["errcode=45009", "fault_errcode"],
  ["errcode=-1", "fault_busy"],
  ["delay=3000", "fault_delay"],
  ["reset", "fault_reset"],
  ["reset=after", "fault_resetAfter"],
  ["half", "fault_half"],
  ["http=502", "fault_http"],
  ["token", "fault_token"],
] as const;

/** Of the pushes that a claim makes, where the merchant decides it. */
const pushes = [
  ["push=late:2000", "fault_late"],
  ["push=twice", "fault_twice"],
  ["push=lost", "fault_lost"],
] as const;

/** What is to go wrong with this one request. */
export function FaultField({ call }: { call: CallName }) {
  const say = useWords(words);
  const [{ fault = "" }, setUrl] = useUrlState<"fault">();
  const shown = call === "claim" ? [...faults, ...pushes] : faults;
  return (
    <Form.Item label={say("fault")} htmlFor="try-fault" extra={say("faultHow")}>
      <AutoComplete
        id="try-fault"
        allowClear
        placeholder={say("noFault")}
        value={fault}
        options={shown.map(([value, word]) => ({ value, label: `${value} · ${say(word)}` }))}
        onChange={(next: string | undefined) => setUrl({ fault: next })}
      />
    </Form.Item>
  );
}
