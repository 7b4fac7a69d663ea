import type { TriggerClaimReply } from "@quanku/sdk/admin";
import { AutoComplete, Form, Select } from "antd";
import { useDeferredValue, useState } from "react";
import { useCall, useChange } from "../../data/calls.ts";
import { Errcode, Meaning } from "../../parts/errcode.tsx";
import { Act } from "../../ui/allowed.tsx";
import { Fault } from "../../ui/fault.tsx";
import { PageLink, useAddresses } from "../../ui/link.tsx";
import { Section } from "../../ui/page.tsx";
import { Dot } from "../../ui/status.tsx";
import { useLanguage } from "../../words/language.ts";
import { useWords } from "../../words/table.ts";
import { words } from "./words.ts";

/** Plays a person's tap on a coupon, and tells what came of it. */
export function Tap({ appid }: { appid: string }) {
  const say = useWords(words);
  const trigger = useChange("triggerClaim");
  const { data } = useCall("listPersons", { appid });
  const [who, setWho] = useState("");
  const [coupon, setCoupon] = useState<string>();
  const persons = data?.entries ?? [];
  const go = () => {
    if (who.trim() === "" || coupon === undefined) return;
    const named = persons.some(({ name }) => name === who.trim());
    trigger.mutate({ appid, out_coupon_id: coupon, ...(named ? { person: who.trim() } : { openid: who.trim() }) });
  };
  return (
    <Section title={say("tap")}>
      <p className="aside">{say("tapAbout")}</p>
      <Form layout="vertical" onFinish={go}>
        <div className="sandbox-fields">
          <Form.Item label={say("who")} htmlFor="tap-who">
            <AutoComplete
              id="tap-who"
              value={who}
              options={persons.map(({ name, openid }) => ({ value: name, label: `${name} · ${openid}` }))}
              onChange={setWho}
            />
          </Form.Item>
          <Form.Item label={say("coupon")} htmlFor="tap-coupon">
            <CouponChoice appid={appid} value={coupon} onChange={setCoupon} />
          </Form.Item>
          <Act
            type="primary"
            htmlType="submit"
            className="beside-fields"
            loading={trigger.isPending}
            disabled={who.trim() === "" || coupon === undefined}
          >
            {say("claim")}
          </Act>
        </div>
      </Form>
      <Fault error={trigger.error} />
      {trigger.data && <Came of={trigger.data} />}
    </Section>
  );
}

/** A coupon, found by how its name begins. */
function CouponChoice({
  appid,
  value,
  onChange,
}: {
  appid: string;
  value: string | undefined;
  onChange: (coupon: string) => void;
}) {
  const say = useWords(words);
  const [language] = useLanguage();
  const [typed, setTyped] = useState("");
  const name = useDeferredValue(typed.trim());
  const { data, isFetching } = useCall(
    "listCoupons",
    { appid, limit: 50, ...(name !== "" && { name }) },
    { keeps: true },
  );
  const options = (data?.entries ?? []).map(({ coupon, name: called, words: gives }) => ({
    value: coupon.out_coupon_id,
    label: `${called || coupon.out_coupon_id} · ${gives[language]} · ${coupon.out_coupon_id}`,
  }));
  return (
    <Select
      id="tap-coupon"
      className="coupon-choice"
      showSearch={{ filterOption: false, onSearch: setTyped }}
      popupMatchSelectWidth={false}
      placeholder={say("couponHow")}
      loading={isFetching}
      value={value ?? null}
      options={options}
      onChange={(next: string | null) => next !== null && onChange(next)}
    />
  );
}

function Came({ of }: { of: TriggerClaimReply }) {
  const to = useAddresses();
  const say = useWords(words);
  const { granted, errcode, errmsg, attempts, callback, user_coupon: held, openid } = of;
  return (
    <div className="tap-came" role="status">
      <p>
        <Dot tone={granted ? "good" : "bad"}>{say(granted ? "granted" : "refused")}</Dot> · {openid} ·{" "}
        {attempts === 0 ? say("byRules") : say("asked", { count: attempts })}
      </p>
      {!granted && (
        <>
          <p>
            <Errcode errcode={errcode} bare /> {errmsg}
          </p>
          <Meaning errcode={errcode} />
        </>
      )}
      {callback && (
        <p className="aside">
          {callback.verdict}: {callback.reason}
        </p>
      )}
      {held && (
        <PageLink to={to.userCoupon(held.out_coupon_id, held.out_user_coupon_id)}>
          {say("toUserCoupon")} <code>{held.out_user_coupon_id}</code>
        </PageLink>
      )}
    </div>
  );
}
