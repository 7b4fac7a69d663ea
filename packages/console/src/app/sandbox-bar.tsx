import { ClockCircleOutlined, PauseCircleOutlined, PlayCircleOutlined, ThunderboltOutlined } from "@ant-design/icons";
import { Dropdown, App as Messages, Tooltip } from "antd";
import { useState } from "react";
import { useCall, useChange } from "../data/calls.ts";
import { useAppClock, useNow, useRealNow } from "../data/clock.ts";
import { useAppid } from "../data/session.ts";
import { ResetSandbox } from "../parts/reset-sandbox.tsx";
import { addressesOf } from "../ui/addresses.ts";
import { Act } from "../ui/allowed.tsx";
import { textOf } from "../ui/fault.tsx";
import { PageLink } from "../ui/link.tsx";
import { secondOf, ZONE_NAME } from "../ui/shop-time.ts";
import { spanOf } from "../ui/span.ts";
import { table, useWords } from "../words/table.ts";

const words = table("sandboxBar", {
  sandbox: { zh: "沙箱", en: "Sandbox" },
  clock: { zh: "应用时间", en: "App time" },
  ahead: { zh: "（+{{time}}）", en: "(+{{time}})" },
  behind: { zh: "（-{{time}}）", en: "(-{{time}})" },
  frozen: { zh: "时钟已停", en: "frozen" },
  advance: { zh: "快进", en: "Advance" },
  freeze: { zh: "停住时钟", en: "Freeze the clock" },
  resume: { zh: "让时钟走起来", en: "Let the clock go on" },
  hour: { zh: "1 小时", en: "1 hour" },
  day: { zh: "1 天", en: "1 day" },
  week: { zh: "7 天", en: "7 days" },
  month: { zh: "30 天", en: "30 days" },
  reset: { zh: "清空", en: "Reset" },
  passed: {
    zh: "途中到期：{{user_coupons}} 张用户券、{{coupons}} 种券、{{holds}} 份预留",
    en: "Ended on the way: {{user_coupons}} user coupons, {{coupons}} coupons, {{holds}} holds",
  },
  faults: { zh: "{{count}} 个故障", en: { one: "{{count}} fault on", other: "{{count}} faults on" } },
  noFaults: { zh: "没有故障", en: "no faults" },
});

const jumps = [
  ["hour", "1h"],
  ["day", "1d"],
  ["week", "7d"],
  ["month", "30d"],
] as const;

/** The clock and the faults of a sandbox app, always in sight; of a production app nothing. */
export function SandboxBar() {
  const appid = useAppid();
  const clock = useAppClock();
  return clock ? <Bar appid={appid} clock={clock} /> : null;
}

type Clock = NonNullable<ReturnType<typeof useAppClock>>;

function Bar({ appid, clock }: { appid: string; clock: Clock }) {
  const say = useWords(words);
  const [isResetting, setResetting] = useState(false);
  return (
    <section className="sandbox-bar" aria-label={say("sandbox")}>
      <PageLink to={addressesOf(appid).sandbox}>
        <strong>{say("sandbox")}</strong>
      </PageLink>
      <Shown clock={clock} />
      <Steering appid={appid} clock={clock} />
      <FaultsOn appid={appid} />
      <Act size="small" className="sandbox-reset" onClick={() => setResetting(true)}>
        {say("reset")}
      </Act>
      {isResetting && <ResetSandbox appid={appid} close={() => setResetting(false)} />}
    </section>
  );
}

function Shown({ clock }: { clock: Clock }) {
  const say = useWords(words);
  const now = useNow();
  const real = useRealNow();
  const ahead = clock.frozen ? clock.now - real : clock.ahead;
  return (
    <span>
      <Tooltip title={`${say("clock")} (${ZONE_NAME})`}>
        <span className="numbers">
          <ClockCircleOutlined /> {secondOf(now)}
        </span>
      </Tooltip>
      {Math.abs(ahead) >= 2 && ` ${say(ahead > 0 ? "ahead" : "behind", { time: spanOf(ahead) })}`}
      {clock.frozen && <strong> · {say("frozen")}</strong>}
    </span>
  );
}

function Steering({ appid, clock }: { appid: string; clock: Clock }) {
  const say = useWords(words);
  const { message } = Messages.useApp();
  const advance = useChange("advanceClock");
  const freeze = useChange("freezeClock");
  const resume = useChange("resumeClock");
  const onError = (error: unknown) => void message.error(textOf(error));
  const go = (by: string) =>
    advance.mutate(
      { appid, by },
      { onSuccess: ({ passed }) => void message.success(say("passed", passed), 6), onError },
    );
  return (
    <span className="sandbox-steering">
      <Dropdown
        trigger={["click"]}
        menu={{ items: jumps.map(([word, by]) => ({ key: by, label: say(word), onClick: () => go(by) })) }}
      >
        <Act size="small" loading={advance.isPending}>
          {say("advance")}
        </Act>
      </Dropdown>
      <Act
        size="small"
        icon={clock.frozen ? <PlayCircleOutlined /> : <PauseCircleOutlined />}
        aria-label={say(clock.frozen ? "resume" : "freeze")}
        title={say(clock.frozen ? "resume" : "freeze")}
        onClick={() => (clock.frozen ? resume : freeze).mutate({ appid }, { onError })}
      />
    </span>
  );
}

function FaultsOn({ appid }: { appid: string }) {
  const say = useWords(words);
  const { data } = useCall("listFaults", { appid }, { every: 5000 });
  const count = data?.entries.length ?? 0;
  return (
    <PageLink className={count > 0 ? "faults-on" : ""} to={addressesOf(appid).sandbox} hash="faults">
      <ThunderboltOutlined /> {count > 0 ? say("faults", { count }) : say("noFaults")}
    </PageLink>
  );
}
