import type { OperatedCoupon } from "@quanku/sdk/admin";
import type { ReactNode } from "react";
import { useNow } from "../../data/clock.ts";
import { ClaimWindow, Validity } from "../../parts/coupon-times.tsx";
import { count } from "../../ui/amounts.ts";
import { Copy } from "../../ui/copy.tsx";
import { Status } from "../../ui/status.tsx";
import { useLanguage } from "../../words/language.ts";
import { useWords } from "../../words/table.ts";
import { Stock } from "./stock.tsx";
import { types, words } from "./words.ts";
import "./coupons.css";

/** What a coupon is: its sentence, status, stock, times and limit. */
export function Facts({ coupon }: { coupon: OperatedCoupon }) {
  const say = useWords(words);
  const sayType = useWords(types);
  const [language] = useLanguage();
  const now = useNow();
  const { out_coupon_id: id, type, coupon_info } = coupon.coupon;
  const limit = coupon_info.receive_info.limit_num_one_person;
  return (
    <>
      <p className="sentence">{coupon.words[language]}</p>
      <dl className="facts">
        <Fact name={say("status")}>
          <Status of={coupon.status} paused={coupon.paused} />
        </Fact>
        <Fact name={say("type")}>{sayType(`${type}`)}</Fact>
        <Fact name={say("stock")}>
          <Stock of={coupon} />
        </Fact>
        <Fact name={say("limit")}>
          {limit === undefined ? say("noLimit") : say("pieces", { number: count(limit) })}
        </Fact>
        <Fact name={say("window")}>
          <ClaimWindow coupon={coupon} now={now} />
        </Fact>
        <Fact name={say("validity")}>
          <Validity coupon={coupon} />
        </Fact>
        <Fact name={say("id")}>
          <code>{id}</code> <Copy text={id} />
        </Fact>
      </dl>
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
