import { type SettingName, spoken } from "../domain/access/settings.ts";
import type { Refusal, RefusalCode } from "../domain/outcome.ts";
import type { CouponStatus, UserCouponStatus } from "../domain/records.ts";
import { refusalsInChinese } from "./refusals-zh.ts";

type Facts = Refusal["facts"];

const couponStatuses: Record<CouponStatus, string> = {
  withdrawn: "已撤下",
  draft: "未生效",
  active: "生效中",
  expired: "已过期",
  void: "已作废",
};
const userCouponStatuses: Record<UserCouponStatus, string> = {
  effective: "有效",
  expired: "已过期",
  used: "已使用",
  given_up: "已放弃",
};
const ofCoupon = (status: unknown) => `“${couponStatuses[status as CouponStatus]}”`;
const ofUserCoupon = (status: unknown) => `“${userCouponStatuses[status as UserCouponStatus]}”`;
const timeOf = (second: unknown) => `${second}（${new Date(Number(second) * 1000).toISOString()}）`;

/** What is said of a refusal with its facts. Of others there is nothing to add to what they mean. */
const told: { [Code in RefusalCode]?: (facts: Facts) => string } = {
  app_exists: ({ appid }) => `应用 ${appid} 已存在`,
  not_sandbox: ({ appid }) =>
    `${appid} 不是沙箱应用：请用 quanku app create --sandbox 新建一个；已有的应用不能改成沙箱应用`,
  clock_backwards: ({ to, now }) =>
    `时钟现在是 ${timeOf(now)}，只能往前拨：${timeOf(to)} 早于它；重置可让时钟回来，并清空应用`,
  clock_too_far: ({ limit }) => `时钟最晚只能拨到 ${timeOf(limit)}`,
  unknown_person: ({ name }) => `该应用没有名为 ${name} 的人：请先建立，或直接给出 openid`,
  person_openid_taken: ({ openid, name }) => `openid ${openid} 已属于 ${name}：请换一个，或先移除那个人`,
  too_many_persons: ({ limit }) => `一个应用最多 ${limit} 个有名字的人：请先移除一个；用 code 登录不需要先建立`,
  too_many_faults: ({ limit }) => `已安排 ${limit} 个故障：请结束一个，或等其中一个结束`,
  unknown_fault: ({ fault }) => `没有安排故障 ${fault}：它已结束，或从未有过；可用 quanku fault list 查看`,
  settings_incomplete: ({ missing, needed, value }) =>
    `必须设置 ${spoken(missing as SettingName)}，因为 ${spoken(needed as SettingName)} 为 ${value}`,
  operator_exists: ({ name }) => `操作员 ${name} 已存在`,
  unknown_operator: ({ name }) => `没有操作员 ${name}`,
  last_owner: ({ name }) => `${name} 是最后一个所有者：请先让别人成为所有者`,
  link_ended: () => "登录链接已被使用或已过期：请重新生成",
  beyond_role: ({ role }) => `令牌的权限不能超过角色 ${role}`,
  token_exists: ({ name }) => `您已有令牌 ${name}：请撤销它，或换个名称`,
  unknown_token: ({ name }) => `您没有令牌 ${name}`,
  too_many_tokens: ({ limit }) => `最多 ${limit} 个令牌：请先撤销一个`,
  callback_changed: () => "回调地址在此期间被换掉了：请重新确认",
  quota_exhausted: ({ quota }) => `每天最多获取 ${quota} 次令牌；令牌 7200 秒内可重复使用`,
  no_callback: () => "该应用没有设置回调地址：请在应用设置中填写 callback_url",
  app_claims_exceeded: ({ limit, seconds }) => `每分钟最多领取 ${limit} 次，${seconds} 秒后可再次领取`,
  person_claims_exceeded: ({ limit, seconds }) => `每个用户每分钟最多领取 ${limit} 次，${seconds} 秒后可再次领取`,
  too_many_waiting: ({ limit }) => `已有 ${limit} 个领取请求在等待回调，请稍后再试`,
  request_exists: () => "该 request_id 已用于另一个 openid 或 out_coupon_id",
  unknown_coupon: ({ id }) => `该应用没有券 ${id}`,
  coupon_exists: ({ id }) => `券 ${id} 已存在`,
  import_outdated: ({ id, ours, theirs }) =>
    `${id} 在这里的更新时间是 ${timeOf(ours)}，晚于该行的 ${timeOf(theirs)}：请从原处重新导出，或去掉该行`,
  unknown_user_coupon: ({ id }) => `该用户没有这张券的用户券 ${id}`,
  user_coupon_exists: ({ id }) => `用户券 ${id ?? ""} 已属于他人，或内容不同`,
  never_activated: () => "该券从未生效，因此没有库存：请先让它生效",
  not_editable: ({ status }) => `该券的状态是${ofCoupon(status)}，只有${ofCoupon("draft")}的券才能修改`,
  not_active: ({ status }) => `该券的状态是${ofCoupon(status)}，只有${ofCoupon("active")}的券才能这样做`,
  paused: () => "该券已暂停领取，恢复之前不能领取",
  forbidden_coupon_transition: ({ status, to }) =>
    `该券的状态是${ofCoupon(status)}，不能变成${ofCoupon(to)}；只能从未生效到生效，从生效到过期或作废`,
  forbidden_user_coupon_transition: ({ status, to }) =>
    `该用户券的状态是${ofUserCoupon(status)}，不能变成${ofUserCoupon(to)}；只能从有效到过期、使用或放弃，从使用退回到有效`,
  not_revived: ({ id, status, to }) =>
    `用户券 ${id} 在这里的状态是${ofUserCoupon(status)}，在该行中是${ofUserCoupon(to)}；导入不会让它重新可用：请改用 update_usercoupon_status，或去掉该行`,
  not_claimable_yet: ({ opens }) => `该券从 ${timeOf(opens)} 起才能领取`,
  no_longer_claimable: ({ ended }) => `该券在 ${timeOf(ended)} 之后不能再领取`,
  sold_out: () => "该券已无剩余库存",
  person_limit: ({ limit, promised }) =>
    `每人限领 ${limit} 张${promised ? `，其中 ${promised} 张正在等待回调决定` : ""}`,
  merchant_declined: ({ message }) => `商家拒绝了这次领取${message ? `：${message}` : ""}`,
  merchant_mismatched: ({ problem }) => `商家的回复不符合要求：${problem}`,
  test_mismatched: ({ problem }) => `商家对回调检验的回复不是所要求的：${problem}`,
  merchant_timed_out: ({ problem }) => `商家没有及时回复：${problem}`,
  merchant_unreachable: ({ problem }) => `无法连接到商家：${problem}`,
  unknown_order: ({ id }) => `该应用没有订单 ${id}`,
  order_exists: ({ id }) => `${id} 已存在，且内容不同`,
  order_returned: ({ id }) => `订单 ${id} 已退回：请换一个新的订单号`,
  order_not_redeemed: ({ id }) => `订单 ${id} 只是锁定：请先核销，或整单退回以放弃锁定`,
  coupon_not_usable: ({ id, code }) => `用户券 ${id} 现在不能用于该订单（${code}）`,
  unknown_hand_out: ({ id }) => `该应用没有批量发放任务 ${id}`,
  hand_out_exists: ({ id }) => `批量发放任务 ${id} 已用于另一张券：请换一个 id`,
  hand_out_not_there: ({ id, state, to }) =>
    `批量发放任务 ${id} 的状态是 ${state}，不能变成 ${to}；只有已检查的任务才能开始，已完成的任务不能取消`,
  hand_out_taken: ({ id }) => `批量发放任务 ${id} 正由别处处理`,
  locked: ({ order, until }) => `该用户券已被订单 ${order} 锁定到 ${timeOf(until)}：请核销或退回该订单`,
  more_than_left: ({ line, left }) => `第 ${line} 行只剩 ${left} 件可退`,
  counter_full: ({ limit }) => `已领数量不能超过 ${limit}`,
};

/** A refusal in Chinese, with its facts: what the wire's words say in English. */
export const tellInChinese = ({ refused, facts }: Refusal): string =>
  told[refused]?.(facts) ?? refusalsInChinese[refused].replace(/。$/, "");
