// Made from packages/protocol/src by `npm run docs`; do not edit.
import type {
  Order,
} from "../orders.ts";
import type {
  PageOfApp,
  PageOfCoupon,
  PageOfHouse,
  PageOfOrder,
  PageOfUserCoupon,
} from "./inputs.ts";
import type {
  LoggedCall,
  Person,
} from "./sandbox-shapes.ts";
import type {
  CallbackAttempt,
  HandOut,
  HeldCoupon,
  JournalEntry,
  OperatedCoupon,
} from "./shapes.ts";
import type {
  AccessCalls,
} from "./access.ts";
import type {
  ListCallbacksInput,
  ListJournalInput,
  ShopCalls,
} from "./shop.ts";
import type {
  CouponsCalls,
  ListCouponsInput,
} from "./coupons.ts";
import type {
  ListHoldersInput,
  ListOrdersInput,
  ListWalletInput,
  PeopleCalls,
} from "./people.ts";
import type {
  ListCallsInput,
  SandboxCalls,
} from "./sandbox.ts";
import type { CallForms } from "./forms.ts";

/** Where each call lives, after `/quanku/admin/v1`, and where what it is given goes. */
export const adminRoutes = {
  signIn: { method: "POST", path: "/session", body: true },
  signInByLink: { method: "GET", path: "/session/link", query: ["code"], nothing: true },
  showSession: { method: "GET", path: "/session" },
  signOut: { method: "DELETE", path: "/session", nothing: true },
  changePassword: { method: "PUT", path: "/session/password", body: true, nothing: true },
  listTokens: { method: "GET", path: "/tokens" },
  createToken: { method: "POST", path: "/tokens", body: true },
  revokeToken: { method: "DELETE", path: "/tokens/{token}", nothing: true },
  listOperators: { method: "GET", path: "/operators" },
  createOperator: { method: "POST", path: "/operators", body: true },
  changeOperator: { method: "PATCH", path: "/operators/{operator}", body: true },
  resetOperator: { method: "POST", path: "/operators/{operator}/reset", body: true },
  removeOperator: { method: "DELETE", path: "/operators/{operator}", nothing: true },
  showHealth: { method: "GET", path: "/health" },
  listHouseJournal: { method: "GET", path: "/journal", query: ["cursor", "limit"], paged: true },
  listApps: { method: "GET", path: "/apps" },
  createApp: { method: "POST", path: "/apps", body: true },
  showApp: { method: "GET", path: "/apps/{appid}" },
  setApp: { method: "PATCH", path: "/apps/{appid}", body: true },
  rotateSecret: { method: "POST", path: "/apps/{appid}/secret", body: true },
  deleteApp: { method: "DELETE", path: "/apps/{appid}", query: ["confirm"], nothing: true },
  exportApp: { method: "GET", path: "/apps/{appid}/export", download: "application/jsonl" },
  importApp: { method: "POST", path: "/apps/{appid}/import", query: ["dry_run"], upload: "application/jsonl" },
  listReports: { method: "GET", path: "/apps/{appid}/reports", query: ["from", "to", "out_coupon_id", "by", "csv"], csv: true },
  listJournal: { method: "GET", path: "/apps/{appid}/journal", query: ["by", "cursor", "limit"], paged: true },
  startVerify: { method: "POST", path: "/apps/{appid}/verify", body: true },
  showVerify: { method: "GET", path: "/apps/{appid}/verify" },
  verifyCallback: { method: "POST", path: "/apps/{appid}/callback/verify", body: true },
  confirmCallback: { method: "POST", path: "/apps/{appid}/callback/confirm", body: true },
  testCallback: { method: "POST", path: "/apps/{appid}/callback/test", body: true },
  listCallbacks: { method: "GET", path: "/apps/{appid}/callbacks", query: ["verdict", "purpose", "request_id", "cursor", "limit"], paged: true },
  showCallbackKeys: { method: "POST", path: "/apps/{appid}/callback/keys", body: true },
  resendCallback: { method: "POST", path: "/apps/{appid}/callbacks/{callback}/resend", body: true },
  stream: { method: "GET", path: "/apps/{appid}/stream", download: "text/event-stream" },
  listCoupons: { method: "GET", path: "/apps/{appid}/coupons", query: ["status", "type", "name", "cursor", "limit"], paged: true },
  addCoupon: { method: "POST", path: "/apps/{appid}/coupons", body: true },
  previewCoupon: { method: "POST", path: "/apps/{appid}/coupons-preview", body: true },
  showCoupon: { method: "GET", path: "/apps/{appid}/coupons/{out_coupon_id}" },
  replaceCoupon: { method: "PUT", path: "/apps/{appid}/coupons/{out_coupon_id}", body: true },
  activateCoupon: { method: "POST", path: "/apps/{appid}/coupons/{out_coupon_id}/activate", body: true },
  expireCoupon: { method: "POST", path: "/apps/{appid}/coupons/{out_coupon_id}/expire", body: true },
  voidCoupon: { method: "POST", path: "/apps/{appid}/coupons/{out_coupon_id}/void", body: true },
  pauseCoupon: { method: "POST", path: "/apps/{appid}/coupons/{out_coupon_id}/pause", body: true },
  resumeCoupon: { method: "POST", path: "/apps/{appid}/coupons/{out_coupon_id}/resume", body: true },
  restockCoupon: { method: "PUT", path: "/apps/{appid}/coupons/{out_coupon_id}/stock", body: true },
  listCouponHistory: { method: "GET", path: "/apps/{appid}/coupons/{out_coupon_id}/history", query: ["cursor", "limit"], paged: true },
  listWallet: { method: "GET", path: "/apps/{appid}/people/{openid}/user-coupons", query: ["status", "out_coupon_id", "cursor", "limit"], paged: true },
  give: { method: "POST", path: "/apps/{appid}/people/{openid}/user-coupons", body: true },
  findUserCoupons: { method: "GET", path: "/apps/{appid}/user-coupons", query: ["out_user_coupon_id"] },
  listHolders: { method: "GET", path: "/apps/{appid}/coupons/{out_coupon_id}/user-coupons", query: ["status", "cursor", "limit"], paged: true },
  showUserCoupon: { method: "GET", path: "/apps/{appid}/coupons/{out_coupon_id}/user-coupons/{out_user_coupon_id}" },
  listUserCouponHistory: { method: "GET", path: "/apps/{appid}/coupons/{out_coupon_id}/user-coupons/{out_user_coupon_id}/history", query: ["cursor", "limit"], paged: true },
  takeBack: { method: "POST", path: "/apps/{appid}/coupons/{out_coupon_id}/user-coupons/{out_user_coupon_id}/take-back", body: true },
  listOrders: { method: "GET", path: "/apps/{appid}/orders", query: ["openid", "status", "cursor", "limit"], paged: true },
  showOrder: { method: "GET", path: "/apps/{appid}/orders/{out_order_id}" },
  listOrderHistory: { method: "GET", path: "/apps/{appid}/orders/{out_order_id}/history", query: ["cursor", "limit"], paged: true },
  listCouponOrders: { method: "GET", path: "/apps/{appid}/coupons/{out_coupon_id}/orders", query: ["cursor", "limit"], paged: true },
  createHandOut: { method: "POST", path: "/apps/{appid}/hand-outs", query: ["out_coupon_id", "request_id", "dry_run"], upload: "text/csv" },
  listHandOuts: { method: "GET", path: "/apps/{appid}/hand-outs", query: ["cursor", "limit"], paged: true },
  showHandOut: { method: "GET", path: "/apps/{appid}/hand-outs/{hand_out}" },
  startHandOut: { method: "POST", path: "/apps/{appid}/hand-outs/{hand_out}/start", body: true },
  cancelHandOut: { method: "POST", path: "/apps/{appid}/hand-outs/{hand_out}/cancel", body: true },
  listHandOutResults: { method: "GET", path: "/apps/{appid}/hand-outs/{hand_out}/results", download: "text/csv" },
  showClock: { method: "GET", path: "/apps/{appid}/clock" },
  advanceClock: { method: "POST", path: "/apps/{appid}/clock/advance", body: true },
  setClock: { method: "PUT", path: "/apps/{appid}/clock", body: true },
  freezeClock: { method: "POST", path: "/apps/{appid}/clock/freeze", body: true },
  resumeClock: { method: "POST", path: "/apps/{appid}/clock/resume", body: true },
  listFaults: { method: "GET", path: "/apps/{appid}/faults" },
  orderFault: { method: "POST", path: "/apps/{appid}/faults", body: true },
  endFault: { method: "DELETE", path: "/apps/{appid}/faults/{fault}" },
  endFaults: { method: "DELETE", path: "/apps/{appid}/faults" },
  listPersons: { method: "GET", path: "/apps/{appid}/persons", query: ["cursor", "limit"], paged: true },
  makePerson: { method: "PUT", path: "/apps/{appid}/persons/{person}", body: true },
  removePerson: { method: "DELETE", path: "/apps/{appid}/persons/{person}", nothing: true },
  triggerClaim: { method: "POST", path: "/apps/{appid}/trigger/claim", body: true },
  resetSandbox: { method: "POST", path: "/apps/{appid}/sandbox/reset", body: true },
  saveSandbox: { method: "PUT", path: "/apps/{appid}/sandbox/states/{state}", body: true },
  loadSandbox: { method: "POST", path: "/apps/{appid}/sandbox/states/{state}/load", body: true },
  listSandboxStates: { method: "GET", path: "/apps/{appid}/sandbox/states" },
  removeSandboxState: { method: "DELETE", path: "/apps/{appid}/sandbox/states/{state}", nothing: true },
  listCalls: { method: "GET", path: "/apps/{appid}/calls", query: ["call", "errcode", "openid", "out_coupon_id", "rid", "cursor", "limit"], paged: true },
  showCall: { method: "GET", path: "/apps/{appid}/calls/{rid}" },
} as const satisfies Record<string, AdminRoute>;

/** One call: what its path and its `query` do not name goes into its body, if it has one. */
export interface AdminRoute {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  query?: readonly string[];
  body?: true;
  /** The media type of the file that it is sent. */
  upload?: string;
  /** The media type of the file that it answers. */
  download?: string;
  /** Whether it answers CSV where its query says `csv`. */
  csv?: true;
  /** Whether it answers nothing but that it was done. */
  nothing?: true;
  /** Whether it answers a page, with the cursor of the next. */
  paged?: true;
}

/** The name of a call of operators. */
export type AdminCallName = keyof typeof adminRoutes;

/** A method for each call of operators. */
export interface AdminCalls<How extends CallForms> extends AccessCalls<How>, ShopCalls<How>, CouponsCalls<How>, PeopleCalls<How>, SandboxCalls<How> {}

/** A method for each list, that walks all of it. */
export interface AdminLists<How extends CallForms> {
  /** Every entry of `listHouseJournal`, page after page; `limit` is how many are fetched at once. */
  listHouseJournal(input?: Omit<PageOfHouse, "cursor">, options?: How["options"]): AsyncGenerator<JournalEntry, void, undefined>;

  /** Every entry of `listJournal`, page after page; `limit` is how many are fetched at once. */
  listJournal(input: Omit<ListJournalInput, "cursor">, options?: How["options"]): AsyncGenerator<JournalEntry, void, undefined>;

  /** Every entry of `listCallbacks`, page after page; `limit` is how many are fetched at once. */
  listCallbacks(input: Omit<ListCallbacksInput, "cursor">, options?: How["options"]): AsyncGenerator<CallbackAttempt, void, undefined>;

  /** Every entry of `listCoupons`, page after page; `limit` is how many are fetched at once. */
  listCoupons(input: Omit<ListCouponsInput, "cursor">, options?: How["options"]): AsyncGenerator<OperatedCoupon, void, undefined>;

  /** Every entry of `listCouponHistory`, page after page; `limit` is how many are fetched at once. */
  listCouponHistory(input: Omit<PageOfCoupon, "cursor">, options?: How["options"]): AsyncGenerator<JournalEntry, void, undefined>;

  /** Every entry of `listWallet`, page after page; `limit` is how many are fetched at once. */
  listWallet(input: Omit<ListWalletInput, "cursor">, options?: How["options"]): AsyncGenerator<HeldCoupon, void, undefined>;

  /** Every entry of `listHolders`, page after page; `limit` is how many are fetched at once. */
  listHolders(input: Omit<ListHoldersInput, "cursor">, options?: How["options"]): AsyncGenerator<HeldCoupon, void, undefined>;

  /** Every entry of `listUserCouponHistory`, page after page; `limit` is how many are fetched at once. */
  listUserCouponHistory(input: Omit<PageOfUserCoupon, "cursor">, options?: How["options"]): AsyncGenerator<JournalEntry, void, undefined>;

  /** Every entry of `listOrders`, page after page; `limit` is how many are fetched at once. */
  listOrders(input: Omit<ListOrdersInput, "cursor">, options?: How["options"]): AsyncGenerator<Order, void, undefined>;

  /** Every entry of `listOrderHistory`, page after page; `limit` is how many are fetched at once. */
  listOrderHistory(input: Omit<PageOfOrder, "cursor">, options?: How["options"]): AsyncGenerator<JournalEntry, void, undefined>;

  /** Every entry of `listCouponOrders`, page after page; `limit` is how many are fetched at once. */
  listCouponOrders(input: Omit<PageOfCoupon, "cursor">, options?: How["options"]): AsyncGenerator<Order, void, undefined>;

  /** Every entry of `listHandOuts`, page after page; `limit` is how many are fetched at once. */
  listHandOuts(input: Omit<PageOfApp, "cursor">, options?: How["options"]): AsyncGenerator<HandOut, void, undefined>;

  /** Every entry of `listPersons`, page after page; `limit` is how many are fetched at once. */
  listPersons(input: Omit<PageOfApp, "cursor">, options?: How["options"]): AsyncGenerator<Person, void, undefined>;

  /** Every entry of `listCalls`, page after page; `limit` is how many are fetched at once. */
  listCalls(input: Omit<ListCallsInput, "cursor">, options?: How["options"]): AsyncGenerator<LoggedCall, void, undefined>;
}
