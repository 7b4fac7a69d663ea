import type { MovedClockReply } from "@quanku/sdk/admin";
import { Alert, DatePicker, Form, Input } from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";
import { useChange } from "../../data/calls.ts";
import { useAppClock, useNow, useRealNow } from "../../data/clock.ts";
import { Act } from "../../ui/allowed.tsx";
import { Fault } from "../../ui/fault.tsx";
import { Section } from "../../ui/page.tsx";
import { fromPicker, secondOf, toPicker } from "../../ui/shop-time.ts";
import { spanOf } from "../../ui/span.ts";
import { Dot } from "../../ui/status.tsx";
import { useWords } from "../../words/table.ts";
import { words } from "./words.ts";

const jumps = [
  ["hour", "1h"],
  ["day", "1d"],
  ["week", "7d"],
  ["month", "30d"],
  ["year", "365d"],
] as const;

/** The clock of the app, and how it is moved. */
export function ClockSection({ appid }: { appid: string }) {
  const say = useWords(words);
  const advance = useChange("advanceClock");
  const set = useChange("setClock");
  const freeze = useChange("freezeClock");
  const resume = useChange("resumeClock");
  const [moved, setMoved] = useState<MovedClockReply>();
  const clock = useAppClock();
  const isBusy = advance.isPending || set.isPending;
  const clear = () => {
    for (const change of [advance, set, freeze, resume]) change.reset();
    setMoved(undefined);
  };
  const go = (by: string) => {
    clear();
    advance.mutate({ appid, by }, { onSuccess: setMoved });
  };
  const setTo = (to: number) => {
    clear();
    set.mutate({ appid, to: String(to) }, { onSuccess: setMoved });
  };
  return (
    <Section
      title={say("clock")}
      aside={
        <Act
          loading={freeze.isPending || resume.isPending}
          onClick={() => {
            clear();
            (clock?.frozen ? resume : freeze).mutate({ appid });
          }}
        >
          {say(clock?.frozen ? "resume" : "freeze")}
        </Act>
      }
    >
      <Shown />
      <div className="filters">
        {jumps.map(([word, by]) => (
          <Act key={by} disabled={isBusy} onClick={() => go(by)}>
            {say(word)}
          </Act>
        ))}
      </div>
      <div className="sandbox-fields">
        <AdvanceBy go={go} isPending={advance.isPending} />
        <SetTo setTo={setTo} isPending={set.isPending} />
      </div>
      <p className="aside">{say("forwardOnly")}</p>
      <Fault error={advance.error ?? set.error ?? freeze.error ?? resume.error} />
      {moved && (
        <Alert
          type="success"
          showIcon
          role="status"
          title={say("passed", { ...moved.passed, time: secondOf(moved.clock.now) })}
        />
      )}
    </Section>
  );
}

function Shown() {
  const say = useWords(words);
  const clock = useAppClock();
  const now = useNow();
  const real = useRealNow();
  if (!clock) return null;
  const ahead = clock.frozen ? clock.now - real : clock.ahead;
  return (
    <dl className="sandbox-clocks numbers">
      <div>
        <dt>{say("now")}</dt>
        <dd className="sandbox-now">{secondOf(now)}</dd>
      </div>
      <div>
        <dt>{say("realNow")}</dt>
        <dd>
          {secondOf(real)}{" "}
          <span className="aside">
            {Math.abs(ahead) < 2 ? say("same") : say(ahead > 0 ? "ahead" : "behind", { time: spanOf(ahead) })}
          </span>
        </dd>
      </div>
      <div>
        <dt>{say("clock")}</dt>
        <dd>
          <Dot tone={clock.frozen ? "soon" : "good"}>{say(clock.frozen ? "frozen" : "running")}</Dot>
        </dd>
      </div>
    </dl>
  );
}

function AdvanceBy({ go, isPending }: { go: (by: string) => void; isPending: boolean }) {
  const say = useWords(words);
  const [by, setBy] = useState("");
  return (
    <Form layout="vertical" onFinish={() => by.trim() !== "" && go(by.trim())}>
      <Form.Item label={say("advanceBy")} htmlFor="advance-by" extra={say("advanceHow")}>
        <div className="filters">
          <Input
            id="advance-by"
            className="short-field"
            placeholder="7d"
            value={by}
            onChange={(event) => setBy(event.target.value)}
          />
          <Act htmlType="submit" loading={isPending} disabled={by.trim() === ""}>
            {say("advance")}
          </Act>
        </div>
      </Form.Item>
    </Form>
  );
}

function SetTo({ setTo, isPending }: { setTo: (to: number) => void; isPending: boolean }) {
  const say = useWords(words);
  const now = useNow();
  const [to, setWhen] = useState<Dayjs | null>(null);
  return (
    <Form layout="vertical" onFinish={() => to && setTo(fromPicker(to))}>
      <Form.Item label={say("setTo")} htmlFor="set-clock">
        <div className="filters">
          <DatePicker
            id="set-clock"
            showTime
            value={to}
            defaultPickerValue={toPicker(now)}
            minDate={toPicker(now)}
            onChange={(picked) => setWhen(picked)}
          />
          <Act htmlType="submit" loading={isPending} disabled={!to}>
            {say("setClock")}
          </Act>
        </div>
      </Form.Item>
    </Form>
  );
}
