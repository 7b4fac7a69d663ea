import { callPaths } from "@quanku/sdk";
import { Button, Form, InputNumber, Select } from "antd";
import { useChange } from "../../data/calls.ts";
import { errcodeOptions } from "../../parts/errcode.tsx";
import { percent } from "../../ui/amounts.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Fault } from "../../ui/fault.tsx";
import { spanOf } from "../../ui/span.ts";
import { useWords } from "../../words/table.ts";
import { asksOf, type Kind, kindsOfCalls, kindsOfPushes, tellFault, whatOf } from "./fault-kinds.ts";
import { words } from "./words.ts";

/** What is typed: a share in per cent, times in seconds. */
type Typed = {
  kind: Kind;
  errcode: number;
  milliseconds: number | null;
  calls: string[];
  share: number | null;
  count: number | null;
  seconds: number | null;
  seed: number | null;
};

const first: Typed = {
  kind: "errcode",
  errcode: 45009,
  milliseconds: 3000,
  calls: [],
  share: 100,
  count: null,
  seconds: 600,
  seed: null,
};
const calls = [...Object.keys(callPaths), "token", "stable_token"];

const orderedWhat = ({ kind, errcode, milliseconds }: Typed) =>
  whatOf(kind, asksOf(kind) === "errcode" ? errcode : (milliseconds ?? 3000));

/** Orders a fault, told in a sentence before it is. */
export function FaultForm({ appid, close }: { appid: string; close: () => void }) {
  const say = useWords(words);
  const order = useChange("orderFault");
  const [form] = Form.useForm<Typed>();
  const typed = Form.useWatch((all: Typed) => all, form) ?? first;
  const asks = asksOf(typed.kind);
  const send = (given: Typed) => {
    const { calls: which, share, count, seconds, seed } = given;
    const input = {
      appid,
      what: orderedWhat(given),
      ...(which.length > 0 && { calls: which.join(",") }),
      ...(share !== null && { share: Math.max(1, Math.round(share * 100)) }),
      ...(count !== null && { count }),
      ...(seconds !== null && { seconds }),
      ...(seed !== null && { seed }),
    };
    order.mutate(input, { onSuccess: close });
  };
  return (
    <Dialog
      title={say("order")}
      close={close}
      footer={
        <Button type="primary" loading={order.isPending} onClick={() => form.submit()}>
          {say("order")}
        </Button>
      }
    >
      <Form form={form} layout="vertical" requiredMark={false} initialValues={first} onFinish={send}>
        <Form.Item label={say("what")} name="kind">
          <Select
            options={[
              { label: say("ofCalls"), options: kindsOfCalls.map((value) => ({ value, label: say(`kind_${value}`) })) },
              {
                label: say("ofPushes"),
                options: kindsOfPushes.map((value) => ({ value, label: say(`kind_${value}`) })),
              },
            ]}
          />
        </Form.Item>
        <Form.Item label={say("errcode")} name="errcode" hidden={asks !== "errcode"}>
          <Select showSearch={{ optionFilterProp: "label" }} options={errcodeOptions()} />
        </Form.Item>
        <Form.Item label={say("milliseconds")} name="milliseconds" hidden={asks !== "milliseconds"}>
          <InputNumber min={1} precision={0} />
        </Form.Item>
        <Form.Item label={say("which")} name="calls">
          <Select
            mode="multiple"
            placeholder={say("whichAll")}
            options={calls.map((value) => ({ value, label: value }))}
          />
        </Form.Item>
        <div className="sandbox-fields">
          <Form.Item label={say("share")} name="share">
            <InputNumber min={0.01} max={100} />
          </Form.Item>
          <Form.Item label={say("count")} name="count">
            <InputNumber min={1} precision={0} placeholder={say("countNone")} />
          </Form.Item>
          <Form.Item label={say("seconds")} name="seconds">
            <InputNumber min={1} max={86_400} precision={0} />
          </Form.Item>
          <Form.Item label={say("seed")} name="seed">
            <InputNumber min={0} precision={0} placeholder={say("seedNone")} />
          </Form.Item>
        </div>
        <p className="fault-sentence">
          {say("sentence", {
            calls: (typed.calls?.length ?? 0) > 0 ? typed.calls.join(", ") : say("whichAll"),
            share: percent((typed.share ?? 100) / 100),
            what: tellFault(say, orderedWhat(typed)),
            count: typed.count ? say("sentenceCount", { count: typed.count }) : say("sentenceNoCount"),
            time: spanOf(typed.seconds ?? 600),
          })}
        </p>
        <Fault error={order.error} />
      </Form>
    </Dialog>
  );
}
