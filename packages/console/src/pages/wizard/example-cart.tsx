import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Input, InputNumber } from "antd";
import { yuan } from "../../ui/amounts.ts";
import { type Language, useLanguage } from "../../words/language.ts";
import { type Say, useWords } from "../../words/table.ts";
import { besideLines, type Line } from "./cart.ts";
import type { Preview } from "./preview.ts";
import { fenOfYuan, yuanOfFen } from "./units.ts";
import { resultWords } from "./words.ts";

export type ExampleCartProps = {
  lines: readonly Line[];
  /** Puts other lines in the cart; none: the example again. */
  change: (lines: readonly Line[] | undefined) => void;
  isExample: boolean;
  quote: Preview["quote"] | undefined;
};

/** A cart to try the coupon on, and what would be paid for it. */
export function ExampleCart({ lines, change, isExample, quote }: ExampleCartProps) {
  const say = useWords(resultWords);
  const replace = (at: number, changed: Partial<Line>) =>
    change(lines.map((line, index) => (index === at ? { ...line, ...changed } : line)));
  const quoted = besideLines(lines, quote?.lines ?? []);
  return (
    <div className="cart">
      <div className="cart-lines">
        <div className="cart-line cart-head" aria-hidden="true">
          <span>{say("product")}</span>
          <span>{say("price")}</span>
          <span>{say("quantity")}</span>
          <span className="end">{say("off")}</span>
        </div>
        {lines.map((line, index) => (
          <CartRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place alone
            key={index}
            number={index + 1}
            line={line}
            off={quoted[index]?.discount}
            change={(changed) => replace(index, changed)}
            remove={lines.length > 1 ? () => change(lines.filter((_, at) => at !== index)) : undefined}
          />
        ))}
      </div>
      <div className="cart-acts">
        <Button
          size="small"
          icon={<PlusOutlined />}
          disabled={lines.length >= 100}
          onClick={() => change([...lines, { product: `product-${lines.length + 1}`, price: 2900, quantity: 1 }])}
        >
          {say("addLine")}
        </Button>
        {!isExample && (
          <Button size="small" type="link" onClick={() => change(undefined)}>
            {say("resetCart")}
          </Button>
        )}
      </div>
      <Bill quote={quote} />
    </div>
  );
}

type RowProps = {
  number: number;
  line: Line;
  off: number | undefined;
  change: (changed: Partial<Line>) => void;
  remove: (() => void) | undefined;
};

function CartRow({ number, line, off, change, remove }: RowProps) {
  const say = useWords(resultWords);
  const of = ` · ${say("line", { line: number })}`;
  return (
    <div className="cart-line">
      <Input
        size="small"
        aria-label={say("product") + of}
        value={line.product}
        onChange={({ target }) => change({ product: target.value })}
      />
      <InputNumber<number>
        size="small"
        aria-label={say("price") + of}
        prefix="¥"
        min={0}
        precision={2}
        controls={false}
        value={yuanOfFen(line.price)}
        onChange={(value) => change({ price: fenOfYuan(value) })}
      />
      <InputNumber<number>
        size="small"
        aria-label={say("quantity") + of}
        min={1}
        precision={0}
        value={line.quantity}
        onChange={(quantity) => change({ quantity })}
      />
      <span className="end numbers">{off ? `−${yuan(off)}` : ""}</span>
      <Button
        size="small"
        type="text"
        icon={<CloseOutlined />}
        aria-label={say("removeLine", { line: number })}
        disabled={!remove}
        onClick={remove}
      />
    </div>
  );
}

/** What is paid; and where the coupon takes nothing off, why. */
function Bill({ quote }: { quote: Preview["quote"] | undefined }) {
  const say = useWords(resultWords);
  const [language] = useLanguage();
  const shown = (fen: number | undefined) => (fen === undefined ? "–" : yuan(fen));
  const off = quote?.discount;
  return (
    <div className="bill" aria-live="polite">
      {quote?.reason && <p className="bill-reason">{reasonText(quote.reason, say, language)}</p>}
      <dl className="numbers">
        <dt>{say("total")}</dt>
        <dd>{shown(quote?.total)}</dd>
        <dt>{say("discount")}</dt>
        <dd className={off ? "bill-off" : ""}>{off ? `−${yuan(off)}` : shown(off)}</dd>
        <dt className="bill-pay">{say("payable")}</dt>
        <dd className="bill-pay">{shown(quote?.payable)}</dd>
      </dl>
    </div>
  );
}

type Reason = NonNullable<NonNullable<Preview["quote"]>["reason"]>;

/** Why nothing is taken off: of what is missing how much, in yuan; of the rest what the server says. */
function reasonText(reason: Reason, say: Say<keyof (typeof resultWords)["words"]>, language: Language): string {
  const { code, spend_more: spend, items_more: items, out_product_ids: products, words } = reason;
  if (code !== "below_threshold") return words[language];
  const missing = [
    spend ? say("moreSpend", { more: yuan(spend) }) : "",
    items ? say("moreItems", { count: items }) : "",
  ];
  const more = missing.filter(Boolean).join(language === "zh" ? "，" : ", ");
  return products ? say("moreOf", { more, products: products.join(language === "zh" ? "、" : ", ") }) : more;
}
