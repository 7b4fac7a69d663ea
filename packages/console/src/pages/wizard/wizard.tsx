import { PageLink, useAddresses, useGo } from "../../ui/link.tsx";
import "./wizard.css";
import { Alert, Button } from "antd";
import { useReducer, useState } from "react";
import { useCall } from "../../data/calls.ts";
import { useNow } from "../../data/clock.ts";
import { useAppid, useNamed } from "../../data/session.ts";
import { CouponFace } from "../../parts/coupon-face.tsx";
import { termsOf } from "../../parts/coupon-terms.ts";
import { Loaded, Page, Section } from "../../ui/page.tsx";
import { Time } from "../../ui/time.tsx";
import { useUrlState } from "../../ui/url-state.ts";
import { useWords } from "../../words/table.ts";
import { newForm, newId } from "./begin.ts";
import { baseOf, documentOf } from "./document.ts";
import { type Draft, draftOf } from "./draft.ts";
import { type Beginning, Editor } from "./editor.tsx";
import { words } from "./words.ts";

/** Makes a coupon: a new one, or one that begins as another is. */
export function NewCoupon() {
  const say = useWords(words);
  const appid = useAppid();
  const [{ from }] = useUrlState<"from">();
  const now = useNow();
  if (from !== undefined) return <Copy key={from} appid={appid} from={from} now={now} />;
  return (
    <Page title={say("title")} about={say("about")}>
      <Begun key={appid} appid={appid} begin={() => ({ form: newForm(now), base: {}, isSaved: false })} />
    </Page>
  );
}

function Copy({ appid, from, now }: { appid: string; from: string; now: number }) {
  const say = useWords(words);
  const source = useCall("showCoupon", { appid, out_coupon_id: from });
  return (
    <Page title={say("copyTitle")} about={say("copyAbout", { id: from })}>
      <Loaded of={source} rows={12}>
        {({ coupon: { coupon } }) => {
          const { out_coupon_id: _, ...base } = baseOf(coupon);
          return (
            <Begun appid={appid} begin={() => ({ form: { ...termsOf(base), id: newId(now) }, base, isSaved: false })} />
          );
        }}
      </Loaded>
    </Page>
  );
}

/** Edits a coupon that is still a draft. */
export function EditCoupon() {
  const say = useWords(words);
  const appid = useAppid();
  const couponId = useNamed("couponId");
  const source = useCall("showCoupon", { appid, out_coupon_id: couponId });
  return (
    <Page title={say("editTitle")} about={couponId}>
      <Loaded of={source} rows={12}>
        {({ coupon: { coupon, status } }) => {
          if (status !== "draft") return <NotDraft couponId={couponId} />;
          const base = baseOf(coupon);
          const begin = () => ({ form: termsOf(base), base, isSaved: true });
          return <Begun key={couponId} appid={appid} couponId={couponId} begin={begin} />;
        }}
      </Loaded>
    </Page>
  );
}

function NotDraft({ couponId }: { couponId: string }) {
  const to = useAddresses();
  const say = useWords(words);
  const go = useGo();
  const copy = () => go(to.newCoupon, { from: couponId });
  return (
    <Alert
      type="info"
      showIcon
      title={say("notDraft")}
      description={
        <div className="filters">
          <span>{say("notDraftHow")}</span>
          <Button onClick={copy}>{say("copyIt")}</Button>
          <PageLink to={to.coupon(couponId)}>{say("toCoupon")}</PageLink>
        </div>
      }
    />
  );
}

type Begins = { appid: string; couponId?: string; begin: () => Beginning };

/** The wizard; anew where it is come back to on the way to what it saved. */
function Begun(given: Begins) {
  const [round, anew] = useReducer((before: number) => before + 1, 0);
  return <Round key={round} {...given} anew={anew} />;
}

/** The wizard from its beginning, or from a draft that was left here before. */
function Round({ appid, couponId, begin, anew }: Begins & { anew: () => void }) {
  const [kept] = useState(() => draftOf(appid, couponId));
  const [offered, offer] = useState(() => kept.read());
  const [start, setStart] = useState<Beginning | undefined>(() => (offered ? undefined : begin()));
  if (start) return <Editor start={start} keep={kept.write} anew={anew} />;
  if (!offered) return null;
  const drop = () => {
    kept.write(undefined);
    offer(undefined);
    setStart(begin());
  };
  return <Offer draft={offered} go={() => setStart(offered)} drop={drop} />;
}

function Offer({ draft: { form, base, at }, go, drop }: { draft: Draft; go: () => void; drop: () => void }) {
  const say = useWords(words);
  return (
    <Section title={say("draftTitle")}>
      <div className="draft-offer">
        <CouponFace name={form.name || say("draftUnnamed")} words={null} coupon={documentOf(form, base)} />
        <p className="aside">
          {say("draftSaved")} <Time seconds={at} />
        </p>
        <div className="filters">
          <Button type="primary" onClick={go}>
            {say("draftGo")}
          </Button>
          <Button onClick={drop}>{say("draftDrop")}</Button>
        </div>
      </div>
    </Section>
  );
}
