// Made from packages/protocol/src by `npm run docs`; do not edit.
import type {
  OfApp,
  OfCallback,
  OfCoupon,
  OfHandOut,
  OfOperator,
  OfOrder,
  OfUserCoupon,
  PageOfApp,
  PageOfCoupon,
  PageOfHouse,
  PageOfOrder,
  PageOfUserCoupon,
} from "./inputs.ts";
import type {
  ClockReply,
  MovedClockReply,
} from "./sandbox-shapes.ts";
import type {
  AppReply,
  CallbackReply,
  CouponReply,
  HandOutReply,
  JournalPage,
  OrderPage,
  SessionReply,
  UserCouponPage,
  UserCouponReply,
  VerificationReply,
} from "./shapes.ts";
import type {
  ChangeOperatorInput,
  ChangeOperatorReply,
  ChangePasswordInput,
  CreateOperatorInput,
  CreateOperatorReply,
  CreateTokenInput,
  CreateTokenReply,
  ListOperatorsReply,
  ListTokensReply,
  ResetOperatorReply,
  RevokeTokenInput,
  ShowHealthReply,
  SignInByLinkInput,
  SignInInput,
} from "./access.ts";
import type {
  ConfirmCallbackReply,
  CreateAppInput,
  CreateAppReply,
  DeleteAppInput,
  ImportAppInput,
  ImportAppReply,
  ListAppsReply,
  ListCallbacksInput,
  ListCallbacksReply,
  ListJournalInput,
  ListReportsInput,
  ListReportsReply,
  RotateSecretInput,
  RotateSecretReply,
  SetAppInput,
  ShowCallbackKeysReply,
  TestCallbackInput,
} from "./shop.ts";
import type {
  AddCouponInput,
  ListCouponsInput,
  ListCouponsReply,
  PreviewCouponInput,
  PreviewCouponReply,
  ReplaceCouponInput,
  RestockCouponInput,
} from "./coupons.ts";
import type {
  CreateHandOutInput,
  FindUserCouponsInput,
  FindUserCouponsReply,
  GiveInput,
  ListHandOutsReply,
  ListHoldersInput,
  ListOrdersInput,
  ListWalletInput,
  ShowOrderReply,
} from "./people.ts";
import type {
  AdvanceClockInput,
  EndFaultInput,
  EndFaultReply,
  EndFaultsReply,
  ListCallsInput,
  ListCallsReply,
  ListFaultsReply,
  ListPersonsReply,
  ListSandboxStatesReply,
  LoadSandboxInput,
  MakePersonInput,
  MakePersonReply,
  OrderFaultInput,
  OrderFaultReply,
  RemovePersonInput,
  RemoveSandboxStateInput,
  SaveSandboxInput,
  SaveSandboxReply,
  SetClockInput,
  ShowCallInput,
  ShowCallReply,
  TriggerClaimInput,
  TriggerClaimReply,
} from "./sandbox.ts";

/** What each call takes, by its name, but for a file. */
export interface AdminInputs {
  signIn: SignInInput;
  signInByLink: SignInByLinkInput;
  showSession: Record<string, never>;
  signOut: Record<string, never>;
  changePassword: ChangePasswordInput;
  listTokens: Record<string, never>;
  createToken: CreateTokenInput;
  revokeToken: RevokeTokenInput;
  listOperators: Record<string, never>;
  createOperator: CreateOperatorInput;
  changeOperator: ChangeOperatorInput;
  resetOperator: OfOperator;
  removeOperator: OfOperator;
  showHealth: Record<string, never>;
  listHouseJournal: PageOfHouse;
  listApps: Record<string, never>;
  createApp: CreateAppInput;
  showApp: OfApp;
  setApp: SetAppInput;
  rotateSecret: RotateSecretInput;
  deleteApp: DeleteAppInput;
  exportApp: OfApp;
  importApp: ImportAppInput;
  listReports: ListReportsInput;
  listJournal: ListJournalInput;
  startVerify: OfApp;
  showVerify: OfApp;
  verifyCallback: OfApp;
  confirmCallback: OfApp;
  testCallback: TestCallbackInput;
  listCallbacks: ListCallbacksInput;
  showCallbackKeys: OfApp;
  resendCallback: OfCallback;
  stream: OfApp;
  listCoupons: ListCouponsInput;
  addCoupon: AddCouponInput;
  previewCoupon: PreviewCouponInput;
  showCoupon: OfCoupon;
  replaceCoupon: ReplaceCouponInput;
  activateCoupon: OfCoupon;
  expireCoupon: OfCoupon;
  voidCoupon: OfCoupon;
  pauseCoupon: OfCoupon;
  resumeCoupon: OfCoupon;
  restockCoupon: RestockCouponInput;
  listCouponHistory: PageOfCoupon;
  listWallet: ListWalletInput;
  give: GiveInput;
  findUserCoupons: FindUserCouponsInput;
  listHolders: ListHoldersInput;
  showUserCoupon: OfUserCoupon;
  listUserCouponHistory: PageOfUserCoupon;
  takeBack: OfUserCoupon;
  listOrders: ListOrdersInput;
  showOrder: OfOrder;
  listOrderHistory: PageOfOrder;
  listCouponOrders: PageOfCoupon;
  createHandOut: CreateHandOutInput;
  listHandOuts: PageOfApp;
  showHandOut: OfHandOut;
  startHandOut: OfHandOut;
  cancelHandOut: OfHandOut;
  listHandOutResults: OfHandOut;
  showClock: OfApp;
  advanceClock: AdvanceClockInput;
  setClock: SetClockInput;
  freezeClock: OfApp;
  resumeClock: OfApp;
  listFaults: OfApp;
  orderFault: OrderFaultInput;
  endFault: EndFaultInput;
  endFaults: OfApp;
  listPersons: PageOfApp;
  makePerson: MakePersonInput;
  removePerson: RemovePersonInput;
  triggerClaim: TriggerClaimInput;
  resetSandbox: OfApp;
  saveSandbox: SaveSandboxInput;
  loadSandbox: LoadSandboxInput;
  listSandboxStates: OfApp;
  removeSandboxState: RemoveSandboxStateInput;
  listCalls: ListCallsInput;
  showCall: ShowCallInput;
}

/** What each call answers as JSON, by its name. */
export interface AdminReplies {
  signIn: SessionReply;
  signInByLink: void;
  showSession: SessionReply;
  signOut: void;
  changePassword: void;
  listTokens: ListTokensReply;
  createToken: CreateTokenReply;
  revokeToken: void;
  listOperators: ListOperatorsReply;
  createOperator: CreateOperatorReply;
  changeOperator: ChangeOperatorReply;
  resetOperator: ResetOperatorReply;
  removeOperator: void;
  showHealth: ShowHealthReply;
  listHouseJournal: JournalPage;
  listApps: ListAppsReply;
  createApp: CreateAppReply;
  showApp: AppReply;
  setApp: AppReply;
  rotateSecret: RotateSecretReply;
  deleteApp: void;
  exportApp: void;
  importApp: ImportAppReply;
  listReports: ListReportsReply;
  listJournal: JournalPage;
  startVerify: VerificationReply;
  showVerify: VerificationReply;
  verifyCallback: CallbackReply;
  confirmCallback: ConfirmCallbackReply;
  testCallback: CallbackReply;
  listCallbacks: ListCallbacksReply;
  showCallbackKeys: ShowCallbackKeysReply;
  resendCallback: CallbackReply;
  stream: void;
  listCoupons: ListCouponsReply;
  addCoupon: CouponReply;
  previewCoupon: PreviewCouponReply;
  showCoupon: CouponReply;
  replaceCoupon: CouponReply;
  activateCoupon: CouponReply;
  expireCoupon: CouponReply;
  voidCoupon: CouponReply;
  pauseCoupon: CouponReply;
  resumeCoupon: CouponReply;
  restockCoupon: CouponReply;
  listCouponHistory: JournalPage;
  listWallet: UserCouponPage;
  give: UserCouponReply;
  findUserCoupons: FindUserCouponsReply;
  listHolders: UserCouponPage;
  showUserCoupon: UserCouponReply;
  listUserCouponHistory: JournalPage;
  takeBack: UserCouponReply;
  listOrders: OrderPage;
  showOrder: ShowOrderReply;
  listOrderHistory: JournalPage;
  listCouponOrders: OrderPage;
  createHandOut: HandOutReply;
  listHandOuts: ListHandOutsReply;
  showHandOut: HandOutReply;
  startHandOut: HandOutReply;
  cancelHandOut: HandOutReply;
  listHandOutResults: void;
  showClock: ClockReply;
  advanceClock: MovedClockReply;
  setClock: MovedClockReply;
  freezeClock: ClockReply;
  resumeClock: ClockReply;
  listFaults: ListFaultsReply;
  orderFault: OrderFaultReply;
  endFault: EndFaultReply;
  endFaults: EndFaultsReply;
  listPersons: ListPersonsReply;
  makePerson: MakePersonReply;
  removePerson: void;
  triggerClaim: TriggerClaimReply;
  resetSandbox: AppReply;
  saveSandbox: SaveSandboxReply;
  loadSandbox: AppReply;
  listSandboxStates: ListSandboxStatesReply;
  removeSandboxState: void;
  listCalls: ListCallsReply;
  showCall: ShowCallReply;
}
