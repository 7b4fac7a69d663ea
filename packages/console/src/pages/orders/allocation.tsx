import { CouponLink } from "../../parts/links.tsx";
import { count, yuan } from "../../ui/amounts.ts";
import { useWords } from "../../words/table.ts";
import type { Order } from "./order-status.tsx";
import { words } from "./words.ts";

/** An order's lines: what each costs, what each coupon takes off it, what is paid, and how many items came back. */
export function Allocation({ order }: { order: Order }) {
  const say = useWords(words);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div className="allocation" tabIndex={0} role="region" aria-label={say("lines")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say("product")}</th>
            <th scope="col">{say("price")}</th>
            <th scope="col">{say("quantity")}</th>
            <th scope="col">{say("amount")}</th>
            {order.user_coupons.map(({ out_coupon_id, out_user_coupon_id }) => (
              <th scope="col" key={out_coupon_id + out_user_coupon_id}>
                <CouponLink id={out_coupon_id} />
              </th>
            ))}
            <th scope="col">{say("paid")}</th>
            <th scope="col">{say("back")}</th>
          </tr>
        </thead>
        <tbody>
          {order.lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place alone
            <tr key={index}>
              <th scope="row">
                <code>{line.out_product_id}</code>
              </th>
              <td>{yuan(line.price)}</td>
              <td>{count(line.quantity)}</td>
              <td>{yuan(line.price * line.quantity)}</td>
              {order.user_coupons.map(({ out_coupon_id, out_user_coupon_id, parts }) => (
                <td key={out_coupon_id + out_user_coupon_id}>
                  <Off fen={parts[index] ?? 0} />
                </td>
              ))}
              <td>{yuan(line.price * line.quantity - line.discount)}</td>
              <td>{line.returned === 0 ? "" : count(line.returned)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{say("total")}</th>
            <td />
            <td>{count(order.lines.reduce((sum, { quantity }) => sum + quantity, 0))}</td>
            <td>{yuan(order.total)}</td>
            {order.user_coupons.map(({ out_coupon_id, out_user_coupon_id, discount }) => (
              <td key={out_coupon_id + out_user_coupon_id}>
                <Off fen={discount} />
              </td>
            ))}
            <td>{yuan(order.payable)}</td>
            <td>{order.refunded === 0 ? "" : `${say("refunded")} ${yuan(order.refunded)}`}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

/** What is taken off; nothing where that is nothing. */
const Off = ({ fen }: { fen: number }) => (fen === 0 ? null : yuan(-fen));
