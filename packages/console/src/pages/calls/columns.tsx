import { ThunderboltOutlined } from "@ant-design/icons";
import type { LoggedCall } from "@quanku/sdk/admin";
import { Tooltip } from "antd";
import { Errcode } from "../../parts/errcode.tsx";
import type { Column } from "../../ui/rows.tsx";
import { secondOf } from "../../ui/shop-time.ts";
import { Time } from "../../ui/time.tsx";
import { useWords } from "../../words/table.ts";
import { words } from "./words.ts";

/** The columns of the log. */
export function useColumns(): Column<LoggedCall>[] {
  const say = useWords(words);
  return [
    {
      key: "time",
      title: say("time"),
      width: "160px",
      cell: ({ time_ms, app_time }) => (
        <span title={say("appTime", { time: secondOf(app_time) })}>
          <Time seconds={Math.floor(time_ms / 1000)} exact />
        </span>
      ),
    },
    { key: "call", title: say("call"), width: "minmax(110px, 1fr)", cell: ({ call }) => <code>{call}</code> },
    {
      key: "result",
      title: say("result"),
      width: "minmax(120px, 2fr)",
      cell: ({ errcode }) => <Errcode errcode={errcode} />,
    },
    { key: "openid", title: say("person"), width: "minmax(60px, 1fr)", cell: ({ openid }) => openid },
    { key: "coupon", title: say("coupon"), width: "minmax(60px, 1fr)", cell: ({ out_coupon_id }) => out_coupon_id },
    {
      key: "took",
      title: say("took"),
      width: "70px",
      align: "end",
      cell: ({ milliseconds }) => milliseconds.toFixed(2),
    },
    {
      key: "fault",
      title: say("fault"),
      width: "110px",
      cell: ({ fault }) => fault !== null && <FaultMark fault={fault} />,
    },
  ];
}

/** That a fault was played on a call, and which. */
export function FaultMark({ fault }: { fault: string }) {
  const say = useWords(words);
  return (
    <Tooltip title={say("faultWas", { fault })}>
      <span className="fault-mark">
        <ThunderboltOutlined /> <code>{fault}</code>
      </span>
    </Tooltip>
  );
}
