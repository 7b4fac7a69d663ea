import {
  type CreateApp,
  createApp,
  type NoteExport,
  noteExport,
  type RotateSecret,
  rotateSecret,
} from "./access/apps.ts";
import { type ConfigureApp, type ConfirmCallback, configureApp, confirmCallback } from "./access/configure.ts";
import {
  type ChangeOperator,
  type ChangePassword,
  type CreateLink,
  type CreateOperator,
  type CreateToken,
  changeOperator,
  changePassword,
  createLink,
  createOperator,
  createToken,
  type RemoveOperator,
  type ResetOperator,
  type RevokeToken,
  removeOperator,
  resetOperator,
  revokeToken,
  type SignIn,
  type SignOut,
  signIn,
  signOut,
} from "./access/operators.ts";
import { type IssueToken, issueToken } from "./access/tokens.ts";
import {
  type AddCoupon,
  addCoupon,
  type ChangeCouponStatus,
  changeCouponStatus,
  type PauseCoupon,
  pauseCoupon,
  type ReplaceCoupon,
  type Restock,
  type ResumeCoupon,
  replaceCoupon,
  restock,
  resumeCoupon,
} from "./catalogue/coupons.ts";
import { type ImportCoupon, importCoupon } from "./catalogue/import.ts";
import { type ClaimCoupon, claimCoupon, type FindClaim, findClaim } from "./claims/claim.ts";
import {
  type FindHold,
  findHold,
  type GrantClaim,
  grantClaim,
  type HoldCoupon,
  holdCoupon,
  type ReleaseHold,
  releaseHold,
} from "./claims/hold.ts";
import { type ExpireCoupon, type ExpireUserCoupon, expireCoupon, expireUserCoupon } from "./expiry.ts";
import { type AdvanceHandOut, advanceHandOut, type TakeHandOut, takeHandOut } from "./hand-outs/progress.ts";
import {
  type CancelHandOut,
  type CreateHandOut,
  cancelHandOut,
  createHandOut,
  type StartHandOut,
  startHandOut,
} from "./hand-outs/states.ts";
import { type LockOrder, lockOrder, type RedeemOrder, redeemOrder } from "./orders/orders.ts";
import { type ReturnOrder, returnOrder } from "./orders/return.ts";
import type { Outcome } from "./outcome.ts";
import type { RecordKey } from "./records.ts";
import type { Rule } from "./rule.ts";
import {
  type FreezeClock,
  freezeClock,
  type ResumeClock,
  resumeClock,
  type SetClock,
  setClock,
} from "./sandbox/move-clock.ts";
import {
  type EndFault,
  type EndFaults,
  type EndTokenEarly,
  endFault,
  endFaults,
  endTokenEarly,
  type MeetFaults,
  meetFaults,
  type OrderFault,
  orderFault,
} from "./sandbox/order-faults.ts";
import { type MakePerson, makePerson, type RemovePerson, removePerson } from "./sandbox/persons.ts";
import { type ImportUserCoupon, importUserCoupon } from "./wallet/import.ts";
import {
  type AmendUserCoupon,
  amendUserCoupon,
  type ChangeUserCouponStatus,
  changeUserCouponStatus,
  type RecordUserCoupon,
  recordUserCoupon,
} from "./wallet/user-coupons.ts";
import type { Records } from "./working-copy.ts";

/** Everything that can change the store. */
export type Command =
  | CreateApp
  | RotateSecret
  | NoteExport
  | ConfigureApp
  | SetClock
  | FreezeClock
  | ResumeClock
  | MakePerson
  | RemovePerson
  | OrderFault
  | EndFault
  | EndFaults
  | MeetFaults
  | EndTokenEarly
  | ConfirmCallback
  | IssueToken
  | AddCoupon
  | ReplaceCoupon
  | ChangeCouponStatus
  | PauseCoupon
  | ResumeCoupon
  | Restock
  | ImportCoupon
  | ClaimCoupon
  | FindClaim
  | HoldCoupon
  | FindHold
  | GrantClaim
  | ReleaseHold
  | RecordUserCoupon
  | AmendUserCoupon
  | ChangeUserCouponStatus
  | ImportUserCoupon
  | LockOrder
  | RedeemOrder
  | ReturnOrder
  | ExpireCoupon
  | ExpireUserCoupon
  | CreateOperator
  | ChangeOperator
  | ResetOperator
  | RemoveOperator
  | ChangePassword
  | CreateLink
  | SignIn
  | SignOut
  | CreateToken
  | RevokeToken
  | CreateHandOut
  | StartHandOut
  | CancelHandOut
  | TakeHandOut
  | AdvanceHandOut;

const rules = {
  createApp,
  rotateSecret,
  noteExport,
  configureApp,
  setClock,
  freezeClock,
  resumeClock,
  makePerson,
  removePerson,
  orderFault,
  endFault,
  endFaults,
  meetFaults,
  endTokenEarly,
  confirmCallback,
  issueToken,
  addCoupon,
  replaceCoupon,
  changeCouponStatus,
  pauseCoupon,
  resumeCoupon,
  restock,
  importCoupon,
  claimCoupon,
  findClaim,
  holdCoupon,
  findHold,
  grantClaim,
  releaseHold,
  recordUserCoupon,
  amendUserCoupon,
  changeUserCouponStatus,
  importUserCoupon,
  lockOrder,
  redeemOrder,
  returnOrder,
  expireCoupon,
  expireUserCoupon,
  createOperator,
  changeOperator,
  resetOperator,
  removeOperator,
  changePassword,
  createLink,
  signIn,
  signOut,
  createToken,
  revokeToken,
  createHandOut,
  startHandOut,
  cancelHandOut,
  takeHandOut,
  advanceHandOut,
} satisfies { [Name in Command["do"]]: Rule<Extract<Command, { do: Name }>, unknown> };

/** What an accepted command answers: `undefined` for most. */
export type ResultOf<C extends Command> = (typeof rules)[C["do"]] extends Rule<never, infer R> ? R : never;

const ruleOf = (command: Command) => rules[command.do] as unknown as Rule<Command, unknown>;

/** Which records a command is decided on. */
export const needsOf = (command: Command): RecordKey[] => ruleOf(command).needs(command);

/** Decides a command at a second. Reads only what {@link needsOf} names, changes nothing. */
export const decide = <C extends Command>(command: C, records: Records, now: number): Outcome<ResultOf<C>> =>
  ruleOf(command).decide(command, records, now) as Outcome<ResultOf<C>>;
