import type { CouponType } from "../../parts/coupon-terms.ts";
import { fieldsOfKind } from "./kinds.ts";

/** A kind as a picture: where it counts, what it asks for, and what it does to the price. */
export function KindPicture({ type }: { type: CouponType }) {
  return (
    <svg
      className="kind-picture"
      data-group={type > 100 ? "shop" : "product"}
      viewBox="0 0 120 56"
      aria-hidden="true"
      focusable="false"
    >
      {type === 5 ? <TradeIn /> : type === 6 ? <BuyAndGet /> : <Reduction type={type} />}
    </svg>
  );
}

function Reduction({ type }: { type: CouponType }) {
  const fields = fieldsOfKind[type];
  const asksSomething = fields.includes("items") || fields.includes("spend");
  return (
    <>
      <g transform={asksSomething ? "translate(4 8)" : "translate(16 8)"}>{type > 100 ? <Shop /> : <Bag />}</g>
      {fields.includes("items") && <Boxes />}
      {fields.includes("spend") && <Coins />}
      <g transform={asksSomething ? "translate(98 28)" : "translate(84 28)"}>
        <Badge text={fields.includes("rate") ? "%" : "−¥"} />
      </g>
    </>
  );
}

const Shop = () => (
  <g>
    <path className="paper" d="M5 18h30v21H5z" />
    <path className="tint" d="M3 4h34l3 12H0z" />
    <path
      className="line"
      d="M3 4h34l3 12H0zM10 4 7.500 16M18 4l-1 12M22 4l1 12M30 4l2.500 12M5 17v22h30V17M0 16q3.300 5 6.600 0 3.300 5 6.600 0 3.300 5 6.600 0 3.300 5 6.600 0 3.300 5 6.600 0 3.300 5 6.600 0"
    />
    <path className="line" d="M15 39V27h10v12" />
  </g>
);

const Bag = () => (
  <g>
    <path className="tint" d="M7 13h26l3 26H4z" />
    <path className="line" d="M7 13h26l3 26H4zM13 18v-7a7 7 0 0 1 14 0v7" />
  </g>
);

const Boxes = () => (
  <g>
    {[
      [50, 28],
      [66, 28],
      [58, 13],
    ].map(([x, y]) => (
      <g key={`${x} ${y}`}>
        <rect className="paper line" x={x} y={y} width="14" height="14" rx="2" />
        <path className="line" d={`M${(x ?? 0) + 4.5} ${y}v4.500h5v-4.500`} />
      </g>
    ))}
  </g>
);

const Coins = () => (
  <g>
    {[38, 31, 24, 17].map((y) => (
      <g key={y}>
        <path className="paper line" d={`M52 ${y}v4.500a13 4.500 0 0 0 26 0v-4.500`} />
        <ellipse className="paper line" cx="65" cy={y} rx="13" ry="4.500" />
      </g>
    ))}
  </g>
);

const Badge = ({ text }: { text: string }) => (
  <g>
    <circle className="badge" r="17" />
    <text className="badge-text" y="6" textAnchor="middle">
      {text}
    </text>
  </g>
);

const TradeIn = () => (
  <>
    <g transform="translate(8 8)">
      <Bag />
    </g>
    <circle className="badge" cx="20" cy="40" r="11" />
    <text className="badge-text small" x="20" y="44" textAnchor="middle">
      +¥
    </text>
    <path className="line strong" d="M53 22h15m-5-5 5 5-5 5M68 36H53m5-5-5 5 5 5" />
    <g transform="translate(75 8)">
      <Gift isOpen={false} />
    </g>
  </>
);

const BuyAndGet = () => (
  <>
    <g transform="translate(2 16) scale(0.8)">
      <Bag />
    </g>
    <g transform="translate(32 16) scale(0.8)">
      <Bag />
    </g>
    <path className="line strong" d="M71 30h8m-4-4v8" />
    <g transform="translate(82 8)">
      <Gift isOpen />
    </g>
  </>
);

/** A product that comes with others: as it is, or with a ribbon where it is free. */
const Gift = ({ isOpen }: { isOpen: boolean }) => (
  <g>
    <rect className="tint" x="2" y="16" width="30" height="23" rx="2" />
    <path className="line" d="M4 20h26v19H4zM1 13h32v7H1z" />
    {isOpen ? (
      <path className="line strong" d="M17 13v26M17 13C9 13 7 5 12 4c4-1 5 5 5 9 0-4 1-10 5-9 5 1 3 9-5 9" />
    ) : (
      <path className="line" d="M12 20v6h10v-6" />
    )}
  </g>
);
