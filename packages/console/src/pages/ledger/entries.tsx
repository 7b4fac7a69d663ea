import { Input, Segmented } from "antd";
import { usePages } from "../../data/calls.ts";
import { useAppid } from "../../data/session.ts";
import { History } from "../../parts/history.tsx";
import { useUrlState } from "../../ui/url-state.ts";
import { useWords } from "../../words/table.ts";
import { words } from "./words.ts";

const kinds = ["everything", "coupon", "userCoupon", "order"] as const;
type Kind = (typeof kinds)[number];

/** The journal's entries: all of them or those of somebody, or the history of one thing. */
export function Entries() {
  const say = useWords(words);
  const [{ of, id = "", coupon = "", by = "" }, set] = useUrlState<"of" | "id" | "coupon" | "by">();
  const kind: Kind = kinds.find((one) => one === of) ?? "everything";
  return (
    <>
      <div className="filters" role="search">
        <Segmented
          aria-label={say("of")}
          value={kind}
          options={kinds.map((value) => ({ value, label: say(value) }))}
          onChange={(next) => set({ of: next === "everything" ? "" : next, id: "", coupon: "", by: "" })}
        />
        {kind === "everything" && (
          <Field
            key="by"
            label={say("by")}
            hint={say("byHint")}
            how={say("byHow")}
            value={by}
            set={(next) => set({ by: next })}
          />
        )}
        {kind === "userCoupon" && (
          <Field key="coupon" label={say("couponId")} value={coupon} set={(next) => set({ coupon: next })} />
        )}
        {kind !== "everything" && <Field key={kind} label={say("id")} value={id} set={(next) => set({ id: next })} />}
      </div>
      {kind === "everything" && <Everything by={by} />}
      {kind === "coupon" && id !== "" && <OfCoupon id={id} />}
      {kind === "userCoupon" && id !== "" && coupon !== "" && <OfUserCoupon coupon={coupon} id={id} />}
      {kind === "order" && id !== "" && <OfOrder id={id} />}
    </>
  );
}

/** A text that is looked for once Enter is pressed or the field is left. */
function Field({
  label,
  hint,
  how,
  value,
  set,
}: {
  label: string;
  hint?: string;
  how?: string;
  value: string;
  set: (value: string) => void;
}) {
  return (
    <Input
      className="filter"
      aria-label={label}
      placeholder={hint ?? label}
      title={how}
      defaultValue={value}
      allowClear
      onClear={() => set("")}
      onPressEnter={(event) => set(event.currentTarget.value.trim())}
      onBlur={(event) => set(event.currentTarget.value.trim())}
    />
  );
}

function Everything({ by }: { by: string }) {
  const appid = useAppid();
  return <History numbered pages={usePages("listJournal", { appid, ...(by !== "" && { by: actorOf(by) }) })} />;
}

/** Somebody as the journal writes them down; a name alone is an operator's. */
const actorOf = (typed: string) => (/^(operator|token) |^command_line$/.test(typed) ? typed : `operator ${typed}`);

function OfCoupon({ id }: { id: string }) {
  const appid = useAppid();
  return <History numbered pages={usePages("listCouponHistory", { appid, out_coupon_id: id })} />;
}

function OfUserCoupon({ coupon, id }: { coupon: string; id: string }) {
  const appid = useAppid();
  const of = { appid, out_coupon_id: coupon, out_user_coupon_id: id };
  return <History numbered pages={usePages("listUserCouponHistory", of)} />;
}

function OfOrder({ id }: { id: string }) {
  const appid = useAppid();
  return <History numbered pages={usePages("listOrderHistory", { appid, out_order_id: id })} />;
}
