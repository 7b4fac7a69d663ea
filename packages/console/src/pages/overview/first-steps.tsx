import { CheckCircleFilled } from "@ant-design/icons";
import type { OperatedCoupon } from "@quanku/sdk/admin";
import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useAppid } from "../../data/session.ts";
import { Act } from "../../ui/allowed.tsx";
import { Section } from "../../ui/page.tsx";
import { useWords } from "../../words/table.ts";
import { words } from "./words.ts";

/** What to do in a shop where nothing is in force yet: a coupon, its activation, and how people get it. */
export function FirstSteps({ coupons }: { coupons: readonly OperatedCoupon[] }) {
  const say = useWords(words);
  const appid = useAppid();
  const navigate = useNavigate();
  const [draft] = coupons;
  const go =
    (to: string, search: Record<string, string> = {}) =>
    () =>
      void navigate({ to: `/${appid}${to}` as never, search: search as never });
  const toDraft =
    coupons.length === 1 && draft
      ? go(`/coupons/${encodeURIComponent(draft.coupon.out_coupon_id)}`)
      : go("/coupons", { status: "draft" });
  return (
    <Section title={say("welcome")}>
      <ol className="first-steps">
        <li>
          <div>
            <strong>{say("stepMake")}</strong> {draft && <Done />}
            <p className="aside">{say("stepMakeHow")}</p>
          </div>
          <Act type={draft ? "default" : "primary"} onClick={go("/coupons/new")}>
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
          <Act why={say("first")} onClick={go("/hand-outs/new")}>
            {say("stepGive")}
          </Act>
          <Button onClick={go("/try")}>{say("stepConnect")}</Button>
        </li>
      </ol>
    </Section>
  );
}

function Done() {
  const say = useWords(words);
  return <CheckCircleFilled className="step-done" aria-label={say("done")} />;
}
