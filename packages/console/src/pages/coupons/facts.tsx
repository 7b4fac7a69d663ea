import type { OperatedCoupon } from "@quanku/sdk/admin";
import { useNow } from "../../data/clock.ts";
import { ClaimWindow, Validity } from "../../parts/coupon-times.tsx";
import { count } from "../../ui/amounts.ts";
import { Copy } from "../../ui/copy.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Status } from "../../ui/status.tsx";
import { useLanguage } from "../../words/language.ts";
import { useWords } from "../../words/table.ts";
import { Stock } from "./stock.tsx";
import { types, words } from "./words.ts";
import "./coupons.css";

/** What a coupon is: its sentence, status, stock, times and limit. */
export function CouponFacts({ coupon }: { coupon: OperatedCoupon }) {
  const say = useWords(words);
  const sayType = useWords(types);
  const [language] = useLanguage();
  const now = useNow();
  const { out_coupon_id: id, type, coupon_info } = coupon.coupon;
  const limit = coupon_info.receive_info.limit_num_one_person;
  const facts = [
    { name: say("status"), value: <Status of={coupon.status} paused={coupon.paused} /> },
    { name: say("type"), value: sayType(`${type}`) },
    { name: say("stock"), value: <Stock of={coupon} /> },
    { name: say("limit"), value: limit === undefined ? say("noLimit") : say("pieces", { number: count(limit) }) },
    { name: say("window"), value: <ClaimWindow coupon={coupon} now={now} /> },
    { name: say("validity"), value: <Validity coupon={coupon} /> },
    {
      name: say("id"),
      value: (
        <>
          <code>{id}</code> <Copy text={id} />
        </>
      ),
    },
  ];
  return (
    <>
      <p className="sentence">{coupon.words[language]}</p>
      <Facts facts={facts} />
    </>
  );
}
