import { CheckCircleFilled } from "@ant-design/icons";
import type { OperatedCoupon } from "@quanku/sdk/admin";
import { Button } from "antd";
import { Act } from "../../ui/allowed.tsx";
import { useAddresses, useGo } from "../../ui/link.tsx";
import { Section } from "../../ui/page.tsx";
import { useWords } from "../../words/table.ts";
import { words } from "./words.ts";

/** What to do in a shop where nothing is in force yet: a coupon, its activation, and how people get it. */
export function FirstSteps({ coupons }: { coupons: readonly OperatedCoupon[] }) {
  const say = useWords(words);
  const to = useAddresses();
  const go = useGo();
  const [draft] = coupons;
  const toDraft = () =>
    coupons.length === 1 && draft ? go(to.coupon(draft.coupon.out_coupon_id)) : go(to.coupons, { status: "draft" });
  return (
    <Section title={say("welcome")}>
      <ol className="first-steps">
        <li>
          <div>
            <strong>{say("stepMake")}</strong> {draft && <Done />}
            <p className="aside">{say("stepMakeHow")}</p>
          </div>
          <Act type={draft ? "default" : "primary"} onClick={() => go(to.newCoupon)}>
            {say("stepMake")}
          </Act>
        </li>
        <li>
          <div>
            <strong>{say("stepActivate")}</strong>
            <p className="aside">{say("stepActivateHow")}</p>
          </div>
          <Act type={draft ? "primary" : "default"} why={draft ? undefined : say("first")} onClick={toDraft}>
            {say("stepActivate")}
          </Act>
        </li>
        <li>
          <div>
            <strong>{say("stepGive")}</strong>
            <p className="aside">{say("stepGiveHow")}</p>
          </div>
          <Act why={say("first")} onClick={() => go(to.newHandOut)}>
            {say("stepGive")}
          </Act>
          <Button onClick={() => go(to.try)}>{say("stepConnect")}</Button>
        </li>
      </ol>
    </Section>
  );
}

function Done() {
  const say = useWords(words);
  return <CheckCircleFilled className="step-done" aria-label={say("done")} />;
}
