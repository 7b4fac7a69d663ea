import type { ListSandboxStatesReply } from "@quanku/sdk/admin";
import { Alert, Form, Input } from "antd";
import { useState } from "react";
import { useCall, useChange } from "../../data/calls.ts";
import { Act } from "../../ui/allowed.tsx";
import { count } from "../../ui/amounts.ts";
import { Confirm } from "../../ui/confirm.tsx";
import { Fault } from "../../ui/fault.tsx";
import { Section } from "../../ui/page.tsx";
import { type Column, Rows } from "../../ui/rows.tsx";
import { minuteOf } from "../../ui/shop-time.ts";
import { Time } from "../../ui/time.tsx";
import { useWords } from "../../words/table.ts";
import { listed } from "./listed.ts";
import { words } from "./words.ts";

type State = ListSandboxStatesReply["entries"][number];
type Asked = { what: "load" | "remove" | "save"; state: State };

/** The states of the app that are kept, to come back to. */
export function States({ appid }: { appid: string }) {
  const say = useWords(words);
  const query = useCall("listSandboxStates", { appid });
  const [asked, setAsked] = useState<Asked>();
  const columns = useColumns(setAsked);
  const save = useChange("saveSandbox");
  return (
    <Section title={say("states")}>
      <p className="aside">{say("statesAbout")}</p>
      <SaveState
        isPending={save.isPending}
        save={(state) => {
          const old = query.data?.entries.find((one) => one.state === state);
          if (old) setAsked({ what: "save", state: old });
          else save.mutate({ appid, state });
        }}
      />
      <Fault error={save.error} />
      {save.data && (
        <Alert
          type="success"
          showIcon
          role="status"
          title={say("saved", { state: save.data.state.state, records: count(save.data.state.records) })}
        />
      )}
      <Rows
        label={say("states")}
        pages={listed(query)}
        columns={columns}
        rowKey={({ state }) => state}
        empty={say("noStates")}
      />
      {asked && <Asking appid={appid} asked={asked} save={save.mutateAsync} close={() => setAsked(undefined)} />}
    </Section>
  );
}

function SaveState({ save, isPending }: { save: (state: string) => void; isPending: boolean }) {
  const say = useWords(words);
  const [state, setState] = useState("");
  return (
    <Form layout="vertical" onFinish={() => save(state.trim())}>
      <Form.Item label={say("stateName")} htmlFor="state-name">
        <div className="filters">
          <Input
            id="state-name"
            className="short-field"
            maxLength={64}
            autoComplete="off"
            value={state}
            onChange={(event) => setState(event.target.value)}
          />
          <Act htmlType="submit" loading={isPending} disabled={state.trim() === ""}>
            {say("save")}
          </Act>
        </div>
      </Form.Item>
    </Form>
  );
}

function useColumns(ask: (asked: Asked) => void): Column<State>[] {
  const say = useWords(words);
  return [
    { key: "state", title: say("stateName"), width: "minmax(120px, 1fr)", cell: ({ state }) => <code>{state}</code> },
    { key: "saved", title: say("savedAt"), width: "150px", cell: ({ save_time }) => <Time seconds={save_time} /> },
    { key: "then", title: say("appTime"), width: "150px", cell: ({ app_time }) => <Time seconds={app_time} /> },
    { key: "by", title: say("by"), width: "minmax(90px, 1fr)", cell: ({ by }) => by },
    { key: "records", title: say("records"), width: "80px", align: "end", cell: ({ records }) => count(records) },
    {
      key: "acts",
      title: say("acts"),
      width: "160px",
      align: "end",
      cell: (state) => (
        <span className="row-acts">
          <Act size="small" onClick={() => ask({ what: "load", state })}>
            {say("load")}
          </Act>
          <Act size="small" onClick={() => ask({ what: "remove", state })}>
            {say("remove")}
          </Act>
        </span>
      ),
    },
  ];
}

/** Asks before a state is put back, overwritten or removed, and says what follows. */
function Asking({
  appid,
  asked: { what, state: of },
  save,
  close,
}: {
  appid: string;
  asked: Asked;
  save: (input: { appid: string; state: string }) => Promise<unknown>;
  close: () => void;
}) {
  const say = useWords(words);
  const load = useChange("loadSandbox");
  const remove = useChange("removeSandboxState");
  const { state } = of;
  const time = minuteOf(of.save_time);
  if (what === "load")
    return (
      <Confirm
        title={say("loadTitle", { state })}
        does={say("loadDoes", { state })}
        run={() => load.mutateAsync({ appid, state })}
        close={close}
      >
        <p>{say("loadGoes", { time, appTime: minuteOf(of.app_time) })}</p>
        <p>{say("loadStays")}</p>
      </Confirm>
    );
  if (what === "remove")
    return (
      <Confirm
        title={say("removeState", { state })}
        does={say("removeStateDoes")}
        run={() => remove.mutateAsync({ appid, state })}
        close={close}
      >
        <p>{say("removeStateIs")}</p>
      </Confirm>
    );
  return (
    <Confirm
      title={say("saveOver", { state })}
      does={say("saveOverDoes", { state })}
      run={() => save({ appid, state })}
      close={close}
    >
      <p>{say("saveOverIs", { state, time, records: count(of.records) })}</p>
    </Confirm>
  );
}
