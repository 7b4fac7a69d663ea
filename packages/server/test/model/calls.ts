import { couponFaults, type Fault, idFaults, nearly, numberFaults, openidFaults, resent } from "./documents.ts";
import { FACES, type Rolled, rollHappening } from "./happenings.ts";
import { type Aims, type Dice, type Kind, type Pools, pick, type Target } from "./kinds.ts";
import { EFFECTIVE, type Held, type ShopModel } from "./model.ts";
import { orderKinds } from "./order-calls.ts";
import { isObject, type Json, type Members } from "./reading.ts";

/** The lower a place, the likelier: half of all calls meet at the first. */
const meet = <T>(from: readonly T[], by: number): T => (by % 2 === 0 ? (from[0] as T) : pick(from, by >> 1));

const idPair = ({ held, coupon }: Target) => ({ out_user_coupon_id: held, out_coupon_id: coupon });

/** A coupon mostly keeps to the document that goes with its id, so that adding again is often a retry. */
function coupon(target: Target, rolled: Dice, pools: Pools): Members {
  const usual = pick(pools.documents, pools.coupons.indexOf(target.coupon));
  const document = rolled.one % 4 === 0 ? pick(pools.documents, rolled.two) : usual;
  const meant = rolled.one % 4 === 1 ? nearly(document, rolled.two) : document;
  return { coupon: { out_coupon_id: target.coupon, ...resent(meant, rolled.person) } };
}

const maybe = (member: string, value: Json | undefined): Members => (value === undefined ? {} : { [member]: value });
const stampFaults = numberFaults("recv_time").slice(1);

const recording: Kind = {
  times: 14,
  call: "add_user_coupon",
  aims: "active coupon",
  faults: [
    ...openidFaults,
    ...idFaults("user_coupon.out_user_coupon_id"),
    ...idFaults("user_coupon.out_coupon_id"),
    ...numberFaults("user_coupon.status"),
    { path: "user_coupon.status", value: 104 },
    ...stampFaults,
  ],
  body: (target, rolled) => ({
    openid: target.openid,
    user_coupon: { ...idPair(target), status: pick([100, 100, 100, "100", 101, 102, 103], rolled.one) },
    ...maybe("recv_time", pick([undefined, null, 1_700_000_123, "1628147893", 0, 2_147_483_640], rolled.two)),
  }),
};

const claiming: Kind = {
  times: 12,
  call: "claim",
  aims: "claimable coupon",
  faults: [...openidFaults, ...idFaults("out_coupon_id"), ...idFaults("request_id")],
  body: (target, rolled) => ({
    openid: target.openid,
    out_coupon_id: target.coupon,
    request_id: `${target.held}${pick(["", "2", "3"], rolled.one)}`.slice(-128),
  }),
};

const restocking: Kind = {
  times: 4,
  call: "update_coupon_stock",
  aims: "active coupon",
  faults: [
    ...idFaults("coupon_stock.out_coupon_id"),
    ...numberFaults("coupon_stock.stock_info.issued_num"),
    ...numberFaults("coupon_stock.stock_info.receive_num"),
    { path: "coupon_stock.stock_info" },
  ],
  body: (target, rolled) => ({
    coupon_stock: {
      out_coupon_id: target.coupon,
      stock_info: {
        issued_num: pick([0, 1, 2, 5, "3", 2 ** 31 - 1], rolled.one),
        receive_num: pick([0, 1, 40, "7", 2 ** 31 - 2, 2 ** 31 - 1], rolled.two),
      },
    },
  }),
};

const moving: Kind = {
  times: 7,
  call: "update_status",
  aims: "coupon",
  faults: [...idFaults("out_coupon_id"), ...numberFaults("status"), { path: "status", value: 5 }],
  body: (target, rolled) => ({
    out_coupon_id: target.coupon,
    status: pick([2, 2, 2, 2, 2, 2, 2, 2, 2, "2", 3, 4, 1, 0], rolled.one),
  }),
};

const adding: Kind = { times: 8, call: "add", faults: couponFaults, body: coupon };

const platformKinds: Kind[] = [
  { times: 1, call: "confirm", faults: [], body: () => ({}) },
  adding,
  {
    times: 5,
    call: "get",
    aims: "coupon",
    faults: idFaults("out_coupon_id"),
    body: (target) => ({ out_coupon_id: target.coupon }),
  },
  {
    times: 5,
    call: "get_list",
    faults: [...numberFaults("page_size"), ...numberFaults("offset").slice(2)],
    body: (_, { one, two }) => ({
      page_size: pick([1, 2, 3, 200, "2", 201, 2 ** 31 - 1, 0], one),
      ...maybe("offset", pick([undefined, 0, 1, 2, 3, "1", null, 2 ** 31 - 1], two)),
    }),
  },
  { times: 4, call: "update", aims: "coupon", faults: couponFaults, body: coupon },
  moving,
  { ...moving, times: 1, aims: "promise" },
  restocking,
  { ...restocking, times: 2, aims: "promise" },
  recording,
  // For a claim that waits, or of one that waited.
  {
    ...recording,
    times: 7,
    aims: "promise",
    body: (target, rolled, pools, shop) =>
      recording.body({ ...target, held: `by-hand-${rolled.held}` }, rolled, pools, shop),
  },
  // The same again, and long after: the coupon may have gone on since.
  { ...recording, times: 3, aims: "user coupon" },
  {
    times: 6,
    call: "get_usercoupon_list",
    aims: "user coupon",
    faults: [...openidFaults, ...numberFaults("page_size")],
    body: (target, rolled) => ({
      openid: target.openid,
      page_size: pick([1, 2, 3, 200, "2", 201], rolled.one),
      ...maybe("offset", pick([undefined, 0, 1, 2, 3, "1", null, 2 ** 31 - 1], rolled.two)),
    }),
  },
  {
    times: 6,
    call: "update_user_coupon",
    aims: "user coupon",
    faults: [...openidFaults, ...idFaults("user_coupon.out_coupon_id"), ...numberFaults("recv_time")],
    body: (target, rolled) => ({
      openid: target.openid,
      user_coupon: {
        ...idPair(target),
        ext_info: maybe("use_time", pick([undefined, {}, null, 1_700_000_456, "1628139497", 0], rolled.one) as Json),
      },
      recv_time: pick([1_700_000_123, "1628147893", 5], rolled.two),
    }),
  },
  claiming,
  // The same request again, or another one of the same person.
  { ...claiming, times: 12, aims: "promise" },
  {
    times: 12,
    call: "update_usercoupon_status",
    aims: "user coupon",
    faults: [
      ...openidFaults,
      ...idFaults("out_user_coupon_id"),
      ...numberFaults("status"),
      { path: "status", value: 99 },
    ],
    body: (target, rolled) => ({
      openid: target.openid,
      ...idPair(target),
      status: pick([102, 102, 102, 100, 100, "102", 101, 103], rolled.one),
    }),
  },
];
const timesOf = (kinds: Kind[]) => kinds.flatMap((kind) => Array<Kind>(kind.times).fill(kind));
const drawnPlainly = timesOf(platformKinds);
const drawnShopping = [...drawnPlainly, ...Array<Kind[]>(3).fill(timesOf(orderKinds)).flat()];
const drawnOf = ({ shopping }: Pools) => (shopping ? drawnShopping : drawnPlainly);
const drawnFirst = [adding, moving];

/** Bodies that no call can read. */
const unreadable = ["", "{", "[]", '"text"', "null", "7", "{}}", `{"a":${"[".repeat(70)}${"]".repeat(70)}}`];

/** A call or a happening out of its dice: mostly about something that is there, mostly with nothing wrong. */
export function rollCall(pools: Pools, shops: ShopModel[], rolled: Dice, real: number, early: boolean): Rolled {
  const face = rolled.kind % (drawnOf(pools).length + FACES);
  const happens = !early && face < FACES && rollHappening(shops, face, rolled, real, pools);
  return happens || rollRequest(pools, shops, rolled, real, early);
}

function rollRequest(pools: Pools, shops: ShopModel[], rolled: Dice, real: number, early: boolean): Rolled {
  const drawn = drawnOf(pools);
  const face = rolled.kind % (drawn.length + FACES);
  // Where nothing can happen, somebody claims, so that something can.
  const kind = early ? pick(drawnFirst, rolled.kind) : (drawn[face - FACES] ?? claiming);
  const target = aim(pools, shops, kind.aims, rolled, real);
  const shop = shops[target.app] as ShopModel;
  const wait = kind.wait?.(target, rolled, shop, shop.time(real)) ?? 0;
  const body = kind.body(target, rolled, pools, shop);
  const made = (text: string) => ({ wait, call: { app: target.app, call: kind.call, body: text } });
  const sound = made(JSON.stringify(body));
  // A coupon's document has most that can go wrong.
  const odds = kind.faults === couponFaults ? 3 : 8;
  if (rolled.spoilt % odds !== 0 || early) return sound;
  if (rolled.spoilt % 72 === 0) return made(pick(unreadable, rolled.two));
  if (kind.faults.length === 0) return sound;
  return made(JSON.stringify(spoil(body, pick(kind.faults, rolled.two))));
}

function aim(pools: Pools, shops: ShopModel[], aims: Aims | undefined, rolled: Dice, real: number): Target {
  const anything = {
    app: meet([...shops.keys()], rolled.app),
    coupon: meet(pools.coupons, rolled.coupon),
    openid: meet(pools.openids, rolled.person),
    held: pick(pools.userCoupons, rolled.held),
    order: `${pick(pools.userCoupons, rolled.held)}${pick(["", "", "2", "3"], rolled.two)}`.slice(-128),
  };
  if (!aims || rolled.aim % 8 === 0) return anything;
  const places = (what: Aims) =>
    shops.flatMap((shop, app) =>
      targets(shop, what, shop.time(real)).map((target) => ({ ...anything, ...target, app })),
    );
  let there = places(aims);
  for (let next = insteadOf[aims]; next && there.length === 0; next = insteadOf[next]) there = places(next);
  return there.length === 0 ? anything : pick(there, rolled.coupon);
}

/** What a call is about where there is nothing that it aims at. */
const insteadOf: { [aims in Aims]?: Aims } = {
  promise: "claimable coupon",
  "claimable coupon": "active coupon",
  "paid order": "order",
  "locked order": "order",
  order: "usable coupon",
  "coupon of an order": "user coupon",
};

function targets(shop: ShopModel, aims: Aims | undefined, now: number): Partial<Target>[] {
  const { coupons, held, claims, orders } = shop;
  if (aims === "order" || aims === "locked order" || aims === "paid order") {
    const status = { order: undefined, "locked order": "locked", "paid order": "redeemed" }[aims];
    const meant = orders.all.filter((one) => status === undefined || one.status === status);
    return [...meant, ...meant.flatMap((one) => (orders.outlasted(one, now).length > 0 ? Array(9).fill(one) : []))].map(
      ({ id, content: { openid } }) => ({ order: id, openid }),
    );
  }
  if (aims === "claimable coupon")
    return coupons.filter((one) => one.paused || shop.canClaim(one, now)).map(({ id }) => ({ coupon: id }));
  if (aims === "promise")
    return claims.inWeight().map(({ couponId, openid, requestId }) => ({ coupon: couponId, openid, held: requestId }));
  if (aims === "usable coupon" || aims === "coupon of an order" || aims === "user coupon")
    return held.filter(isMeant[aims]).map(({ couponId, openid, id }) => ({ coupon: couponId, openid, held: id }));
  const there = aims === "coupon" ? coupons : coupons.filter(({ status }) => status === 2);
  return there.map(({ id }) => ({ coupon: id }));
}

const isMeant = {
  "user coupon": () => true,
  "usable coupon": ({ status }: Held) => status === EFFECTIVE,
  "coupon of an order": ({ order }: Held) => order !== undefined,
};

/** The body with one fault in it; unchanged where it has no such place. */
function spoil(body: Members, fault: Fault): Members {
  const copy = structuredClone(body);
  const path = fault.path.split(".");
  const last = path.pop() as string;
  let place: Json | undefined = copy;
  for (const member of path)
    place = Array.isArray(place) ? place[Number(member)] : isObject(place) ? place[member] : undefined;
  if (!isObject(place)) return copy;
  if (fault.value === undefined) delete place[last];
  else place[last] = fault.value;
  return copy;
}
