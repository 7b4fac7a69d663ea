import { AdminError } from "@quanku/sdk/admin";
import { useMutation } from "@tanstack/react-query";
import { Alert, Button } from "antd";
import { useId, useRef } from "react";
import { readAgain, useCall } from "../../data/calls.ts";
import { client } from "../../data/client.ts";
import { useAppid } from "../../data/session.ts";
import { CouponPicker } from "../../parts/coupon-picker.tsx";
import { useCouponWords } from "../../parts/links.tsx";
import { newRequestId } from "../../parts/request-id.ts";
import { Act } from "../../ui/allowed.tsx";
import { count } from "../../ui/amounts.ts";
import { Fault } from "../../ui/fault.tsx";
import { useAddresses, useGo } from "../../ui/link.tsx";
import { Page, Section } from "../../ui/page.tsx";
import { useUrlState } from "../../ui/url-state.ts";
import { useWords } from "../../words/table.ts";
import { listOf, useDraft } from "./draft.ts";
import { ListFields } from "./list-fields.tsx";
import { HandOutSteps } from "./states.tsx";
import { words } from "./words.ts";
import "./hand-outs.css";

/** Begins a hand-out: which coupon, to whom; it is checked before anything is given. */
export function NewHandOut() {
  const say = useWords(words);
  const appid = useAppid();
  const [draft, change] = useDraft(appid);
  const [{ coupon }, setUrl] = useUrlState<"coupon">();
  const list = listOf(draft);
  const { check, stop } = useCheck(
    appid,
    () => {
      const requestId = draft.requestId ?? newRequestId();
      change({ requestId });
      return { appid, out_coupon_id: coupon ?? "", request_id: requestId, dry_run: true, file: list ?? "" };
    },
    (sentAs) => change({ sentAs }),
  );
  const choose = (next: string | undefined) => {
    change({});
    setUrl({ coupon: next });
  };
  return (
    <Page title={say("make")} about={say("about")}>
      <HandOutSteps at={0} />
      <WhichCoupon coupon={coupon} choose={choose} />
      <Section title={say("whom")}>
        <ListFields draft={draft} change={change} />
      </Section>
      <ListFault error={check.error} />
      <div className="page-actions">
        <Act
          type="primary"
          size="large"
          loading={check.isPending}
          why={coupon === undefined || list === undefined ? say("checkWhy") : undefined}
          onClick={() => check.mutate()}
        >
          {check.isPending ? say("sending") : say("check")}
        </Act>
        {check.isPending && (
          <Button size="large" onClick={stop}>
            {say("stop")}
          </Button>
        )}
      </div>
    </Page>
  );
}

type Sent = Parameters<typeof client.createHandOut>[0];

/** Sends a list for a dry run and goes to where that is shown. A list whose sending failed is sent again under the same id. */
function useCheck(appid: string, prepare: () => Sent, sent: (handOut: string) => void) {
  const to = useAddresses();
  const go = useGo();
  const sending = useRef<AbortController>(undefined);
  const check = useMutation({
    mutationFn: async () => {
      sending.current = new AbortController();
      const given = prepare();
      try {
        return await client.createHandOut(given, { signal: sending.current.signal });
      } catch (error) {
        if (given.file instanceof File && !(await isReadable(given.file))) throw new ChangedFile();
        throw error;
      }
    },
    onSuccess: ({ hand_out: { hand_out } }) => {
      sent(hand_out);
      void readAgain(appid);
      go(to.handOut(hand_out));
    },
  });
  return { check, stop: () => sending.current?.abort() };
}

class ChangedFile extends Error {}

/** Browsers refuse to read a file that was changed after it was chosen. */
const isReadable = (file: File) =>
  file
    .slice(0, 1)
    .arrayBuffer()
    .then(() => true)
    .catch(() => false);

function WhichCoupon({ coupon, choose }: { coupon: string | undefined; choose: (id: string | undefined) => void }) {
  const say = useWords(words);
  const appid = useAppid();
  const field = useId();
  const { words: worth } = useCouponWords(coupon ?? "");
  const { data } = useCall("showCoupon", { appid, out_coupon_id: coupon ?? "" }, { enabled: coupon !== undefined });
  const stock = data?.coupon.stock;
  const limit = data?.coupon.coupon.coupon_info?.receive_info?.limit_num_one_person;
  return (
    <Section title={say("which")}>
      <div className="stacked">
        <label htmlFor={field}>{say("coupon")}</label>
        <CouponPicker id={field} value={coupon} onlyActive onChange={choose} />
        <p className="aside">
          {coupon === undefined ? (
            say("onlyActive")
          ) : (
            <span className="numbers">
              {worth}{" "}
              {stock && say("stock", { count: stock.remaining, remaining: count(stock.remaining - stock.promised) })}{" "}
              {limit !== undefined && say("limit", { limit: count(limit) })}
            </span>
          )}
        </p>
      </div>
    </Section>
  );
}

/** Why a list was not taken: line by line where it cannot be read. */
function ListFault({ error }: { error: unknown }) {
  const say = useWords(words);
  if (error instanceof ChangedFile) return <Alert type="error" showIcon role="alert" title={say("changedFile")} />;
  if (error instanceof AdminError && error.code === "aborted") return null;
  if (!(error instanceof AdminError) || error.code !== "unreadable_list") return <Fault error={error} />;
  const lines = error.errors.map(({ field, detail }) => ({ line: /\d+/.exec(field)?.[0] ?? field, detail }));
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={say("badList")}
      description={
        <>
          <ul className="bad-lines">
            {lines.map(({ line, detail }) => (
              <li key={line}>
                <strong className="numbers">{say("badLine", { line })}</strong> {detail}
              </li>
            ))}
          </ul>
          {lines.length >= 20 && <p className="aside">{say("manyBad")}</p>}
        </>
      }
    />
  );
}
