import type { LoggedCall } from "@quanku/sdk/admin";
import { useCall } from "../../data/calls.ts";
import { Errcode, Meaning } from "../../parts/errcode.tsx";
import { prettyJson } from "../../parts/json-text.ts";
import { bytes } from "../../ui/amounts.ts";
import { Code } from "../../ui/copy.tsx";
import { type Fact, Facts } from "../../ui/facts.tsx";
import { PageLink, useAddresses } from "../../ui/link.tsx";
import { Loaded } from "../../ui/page.tsx";
import { secondOf } from "../../ui/shop-time.ts";
import { Time } from "../../ui/time.tsx";
import { useWords } from "../../words/table.ts";
import { Checks } from "./checks.tsx";
import { FaultMark } from "./columns.tsx";
import { CopyRequest, isCut } from "./copy-request.tsx";
import { Callbacks, Changes } from "./effects.tsx";
import { words } from "./words.ts";

/** One call: how far it came, what was sent and answered, and what followed from it. */
export function CallView({ appid, rid }: { appid: string; rid: string }) {
  // Calls are written down a moment after they were answered.
  const of = useCall("showCall", { appid, rid }, { every: (reply) => (reply ? 0 : 2000) });
  return (
    <Loaded of={of} rows={12}>
      {({ call, changed, callbacks }) => (
        <div className="call-view">
          <Summary call={call} />
          <Meaning errcode={call.errcode} />
          <Checks call={call} />
          <CopyRequest appid={appid} call={call} />
          <div className="exchange">
            <Request call={call} />
            <Reply call={call} />
          </div>
          <Changes changed={changed} />
          {callbacks.length > 0 && <Callbacks callbacks={callbacks} />}
        </div>
      )}
    </Loaded>
  );
}

function Summary({ call }: { call: LoggedCall }) {
  const say = useWords(words);
  const to = useAddresses();
  const facts: Fact[] = [
    { name: say("rid"), value: <code>{call.rid}</code> },
    { name: say("time"), value: <Time seconds={Math.floor(call.time_ms / 1000)} exact /> },
    { name: say("took"), value: call.milliseconds },
  ];
  if (call.openid !== "")
    facts.push({ name: say("person"), value: <PageLink to={to.person(call.openid)}>{call.openid}</PageLink> });
  if (call.out_coupon_id !== "") {
    const link = <PageLink to={to.coupon(call.out_coupon_id)}>{call.out_coupon_id}</PageLink>;
    facts.push({ name: say("coupon"), value: link });
  }
  if (call.request_id !== "") facts.push({ name: "request_id", value: <code>{call.request_id}</code> });
  return (
    <>
      <p className="call-line">
        <strong>
          <code>{call.call}</code>
        </strong>{" "}
        <Errcode errcode={call.errcode} bare /> {call.fault !== null && <FaultMark fault={call.fault} />}
      </p>
      <Facts facts={facts} title={say("appTime", { time: secondOf(call.app_time) })} />
    </>
  );
}

function Request({ call: { request } }: { call: LoggedCall }) {
  const say = useWords(words);
  const { method, path, query, headers, body } = request;
  return (
    <section aria-label={say("request")}>
      <h3>{say("request")}</h3>
      <p className="wire-line">
        <code>
          {method} {path}
          {query !== "" && `?${query}`}
        </code>
      </p>
      {Object.keys(headers).length > 0 && (
        <dl className="wire-headers" aria-label={say("headers")}>
          {Object.entries(headers).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      <Body of={body} label={`${say("request")}: ${say("body")}`} />
    </section>
  );
}

function Reply({ call: { reply, errmsg } }: { call: LoggedCall }) {
  const say = useWords(words);
  return (
    <section aria-label={say("reply")}>
      <h3>{say("reply")}</h3>
      <p className="wire-line">
        <code>HTTP {reply.status}</code>
      </p>
      {errmsg !== null && <p className="errmsg">{errmsg}</p>}
      <Body of={reply.body} label={`${say("reply")}: ${say("body")}`} />
    </section>
  );
}

function Body({ of, label }: { of: LoggedCall["reply"]["body"]; label: string }) {
  const say = useWords(words);
  if (!of || of.text === "") return <p className="aside">{say("noBody")}</p>;
  return (
    <>
      <Code label={label} text={prettyJson(of.text)} />
      {isCut(of) && <p className="aside">{say("cut", { all: bytes(of.bytes) })}</p>}
    </>
  );
}
