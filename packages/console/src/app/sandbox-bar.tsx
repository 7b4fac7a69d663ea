import { ClockCircleOutlined, PauseCircleOutlined, PlayCircleOutlined, ThunderboltOutlined } from "@ant-design/icons";
import { Link } from "@tanstack/react-router";
import { Button, Dropdown, App as Messages, Tooltip } from "antd";
import { useCall, useChange } from "../data/calls.ts";
import { useAppClock, useNow } from "../data/clock.ts";
import { useAppid, useMay } from "../data/session.ts";
import { textOf } from "../ui/fault.tsx";
import { secondOf, ZONE_NAME } from "../ui/shop-time.ts";
import { table, useWords } from "../words/table.ts";

const words = table("sandboxBar", {
  sandbox: { zh: "沙箱", en: "Sandbox" },
  clock: { zh: "应用时间", en: "App time" },
  ahead: { zh: "比真实时间快 {{time}}", en: "{{time}} ahead of real time" },
  behind: { zh: "比真实时间慢 {{time}}", en: "{{time}} behind real time" },
  real: { zh: "真实时间", en: "real time" },
  frozen: { zh: "时钟已停", en: "frozen" },
  advance: { zh: "快进", en: "Advance" },
  freeze: { zh: "停住时钟", en: "Freeze the clock" },
  resume: { zh: "让时钟走起来", en: "Let the clock go on" },
  hour: { zh: "1 小时", en: "1 hour" },
  day: { zh: "1 天", en: "1 day" },
  week: { zh: "7 天", en: "7 days" },
  month: { zh: "30 天", en: "30 days" },
  passed: {
    zh: "到期：{{user_coupons}} 张用户券，{{coupons}} 种券，{{holds}} 份预留",
    en: "Ended on the way: {{user_coupons}} user coupons, {{coupons}} coupons, {{holds}} holds",
  },
  faults: { zh: "{{count}} 个故障生效中", en: { one: "{{count}} fault on", other: "{{count}} faults on" } },
  noFaults: { zh: "没有故障", en: "no faults" },
});

/** How far a clock is off, as `5d 2h`. */
function span(seconds: number): string {
  const parts: [string, number][] = [
    ["d", 86_400],
    ["h", 3600],
    ["min", 60],
    ["s", 1],
  ];
  let rest = Math.abs(seconds);
  const told: string[] = [];
  for (const [unit, size] of parts) {
    if (rest >= size && told.length < 2) told.push(`${Math.floor(rest / size)} ${unit}`);
    rest %= size;
  }
  return told.join(" ");
}

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

function Bar({ appid, clock }: { appid: string; clock: NonNullable<ReturnType<typeof useAppClock>> }) {
  const say = useWords(words);
  const now = useNow();
  const may = useMay("manager");
  const { message } = Messages.useApp();
  const { data: ordered } = useCall("listFaults", { appid }, { every: 5000 });
  const advance = useChange("advanceClock");
  const freeze = useChange("freezeClock");
  const resume = useChange("resumeClock");
  const onError = (error: unknown) => void message.error(textOf(error));
  const go = (by: string) =>
    advance.mutate(
      { appid, by },
      { onSuccess: ({ passed }) => void message.success(say("passed", passed), 6), onError },
    );
  const faults = ordered?.entries.length ?? 0;
  const off =
    Math.abs(clock.ahead) < 2 ? say("real") : say(clock.ahead > 0 ? "ahead" : "behind", { time: span(clock.ahead) });
  return (
    <section className="sandbox-bar" aria-label={say("sandbox")}>
      <strong>{say("sandbox")}</strong>
      <Tooltip title={`${say("clock")} (${ZONE_NAME})`}>
        <span className="numbers">
          <ClockCircleOutlined /> {secondOf(now)}
        </span>
      </Tooltip>
      <span>{clock.frozen ? say("frozen") : off}</span>
      {may && (
        <>
          <Dropdown
            trigger={["click"]}
            menu={{ items: jumps.map(([word, by]) => ({ key: by, label: say(word), onClick: () => go(by) })) }}
          >
            <Button size="small" loading={advance.isPending}>
              {say("advance")}
            </Button>
          </Dropdown>
          <Button
            size="small"
            icon={clock.frozen ? <PlayCircleOutlined /> : <PauseCircleOutlined />}
            aria-label={say(clock.frozen ? "resume" : "freeze")}
            onClick={() => (clock.frozen ? resume : freeze).mutate({ appid }, { onError })}
          />
        </>
      )}
      <Link to={"/$appid/sandbox" as never} params={{ appid } as never}>
        <ThunderboltOutlined /> {faults > 0 ? say("faults", { count: faults }) : say("noFaults")}
      </Link>
    </section>
  );
}
