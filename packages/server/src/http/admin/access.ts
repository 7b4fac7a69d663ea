import { adminRoot } from "@quanku/protocol/admin";
import { SESSION_LIFE } from "../../domain/access/operators.ts";
import { isRefusal } from "../../domain/outcome.ts";
import type { Operator, OperatorToken } from "../../domain/records.ts";
import { type Begun, type NotProved, newPassword } from "../../service/access/operators.ts";
import type { AdminHandlers, AdminServices } from "./handler.ts";
import { faultIn, type Problem, problem, problemOf } from "./problem.ts";
import { sessionCookie, type Visit } from "./visit.ts";
import type { Who } from "./who.ts";

type Handled =
  | "signIn"
  | "signInByLink"
  | "showSession"
  | "signOut"
  | "changePassword"
  | "listTokens"
  | "createToken"
  | "revokeToken"
  | "listOperators"
  | "createOperator"
  | "changeOperator"
  | "resetOperator"
  | "removeOperator";

/** Where a sign-in link leads on to. */
const AFTER_LINK = "/console/";

/** Who may come in, and what they may do. */
export const accessHandlers: AdminHandlers<Handled> = {
  async signIn({ services: { operators }, input: { name, password }, visit }) {
    const begun = await operators.signIn(name, password, visit.address);
    if ("notProved" in begun) return notProved(begun);
    const { role, apps } = begun.operator;
    const session = { name, role, apps: [...apps], token: null, end_time: begun.endsAt };
    return { reply: { session }, headers: { "set-cookie": cookieOf(begun, visit) } };
  },

  async signInByLink({ services: { operators }, input: { code }, visit }) {
    if (!visit.isLocal)
      return problem(
        403,
        "not_local",
        "a sign-in link is for the server's own machine: open it there, by no proxy",
        "登录链接只能在服务器本机上打开，且不能经过代理",
      );
    const begun = await operators.signInByLink(code);
    if (isRefusal(begun)) return problemOf(begun);
    return { seeOther: AFTER_LINK, headers: { "set-cookie": cookieOf(begun, visit) } };
  },

  async showSession({ who }) {
    if (!who.operator || !who.key) return noOperator;
    const { operator: name, role, apps, key } = who;
    const token = key.kind === "token" ? key.name : null;
    return { reply: { session: { name, role, apps: [...apps], token, end_time: key.endsAt } } };
  },

  async signOut({ services: { operators }, who, visit }) {
    if (!who.operator || who.key?.kind !== "session") return noSession;
    await operators.signOut(who.operator, who.key.digest);
    return { reply: {}, headers: { "set-cookie": cookie("", 0, visit) } };
  },

  async changePassword({ services: { operators }, who, input, visit }) {
    if (!who.operator || who.key?.kind !== "session") return noSession;
    const changed = await operators.changePassword(who.operator, {
      until: input.password ?? null,
      next: input.new_password,
      address: visit.address,
      sessionDigest: who.key.digest,
    });
    if ("notProved" in changed)
      return changed.notProved === "wrong"
        ? faultIn("password", "is not the password until now", "不是当前的密码")
        : notProved(changed);
    if (isRefusal(changed) && changed.refused === "password_changed")
      return faultIn("password", "must be the password until now", "必须是当前的密码");
    return isRefusal(changed) ? problemOf(changed) : { reply: {} };
  },

  async listTokens({ services, who }) {
    const operator = await self(services, who);
    if (!operator) return noOperator;
    const now = services.clock();
    return { reply: { entries: operator.tokens.filter(({ endsAt }) => now < endsAt).map(shownToken) } };
  },

  async createToken({ services, who, input }) {
    if (!who.operator || who.key?.kind !== "session") return noSession;
    const { name, role = who.role, apps = [...who.apps], days } = input;
    if (role !== "owner" && who.role === "owner" && input.apps === undefined)
      return faultIn(
        "apps",
        "must name the apps of a token that is no owner's",
        "必须指明应用：该令牌的角色不是所有者",
      );
    const fault = role === "owner" ? undefined : await appsFault(services, who, apps);
    if (fault) return fault;
    const made = await services.operators.createToken(who.operator, { name, role, apps, life: days * 86_400 });
    return isRefusal(made) ? problemOf(made) : { reply: made };
  },

  async revokeToken({ services: { operators }, who, input: { token: revoked } }) {
    if (!who.operator) return noOperator;
    if (who.key?.kind === "token" && who.key.name !== revoked) return noSession;
    const answer = await operators.revokeToken(who.operator, revoked, who.actor);
    return isRefusal(answer) ? problemOf(answer) : { reply: {} };
  },

  async listOperators({ services: { operators } }) {
    return { reply: { entries: (await operators.list()).map(shownOperator) } };
  },

  async createOperator({ services, who, input: { name, role, apps = [], password } }) {
    const fault = await appsFault(services, who, apps);
    if (fault) return fault;
    const made = password === undefined ? newPassword() : null;
    const created = await services.operators.create(
      { name, role, apps, password: password ?? (made as string) },
      who.actor,
    );
    if (isRefusal(created)) return problemOf(created);
    return { reply: { operator: shownOperator(created.result), password: made } };
  },

  async changeOperator({ services, who, input: { operator, role, apps } }) {
    const fault = await appsFault(services, who, apps ?? []);
    if (fault) return fault;
    const changed = await services.operators.change(operator, { role, apps }, who.actor);
    return isRefusal(changed) ? problemOf(changed) : { reply: { operator: shownOperator(changed.result) } };
  },

  async resetOperator({ services: { operators }, who, input: { operator } }) {
    const password = newPassword();
    const reset = await operators.reset(operator, password, who.actor);
    return isRefusal(reset) ? problemOf(reset) : { reply: { password } };
  },

  async removeOperator({ services: { operators }, who, input: { operator } }) {
    const removed = await operators.remove(operator, who.actor);
    return isRefusal(removed) ? problemOf(removed) : { reply: {} };
  },
};

const noOperator = problem(
  409,
  "no_operator",
  "the command line is no operator: name one to quanku operator",
  "命令行不是操作员：请在 quanku operator 命令中指明一个",
);
const noSession = problem(
  403,
  "needs_session",
  "this takes a session: sign in with the password or a link",
  "此操作需要会话：请用密码或链接登录",
);

const notProved = (why: NotProved): Problem =>
  why.notProved === "wrong"
    ? problem(401, "wrong_password", "there is no operator of that name and password", "名称或密码不正确")
    : {
        ...problem(
          429,
          "too_many_guesses",
          `too many wrong passwords: try again in ${why.wait} s`,
          `密码错误次数过多：请 ${why.wait} 秒后再试`,
        ),
        retryAfter: why.wait,
      };

/** The first app that is not there, or not theirs to give. */
async function appsFault(
  { apps: all }: AdminServices,
  who: Who,
  apps: readonly string[],
): Promise<Problem | undefined> {
  for (const [i, appid] of apps.entries())
    if ((who.role !== "owner" && !who.apps.includes(appid)) || !(await all.find(appid)))
      return faultIn(
        `apps.${i}`,
        `is no app, or none of yours: ${JSON.stringify(appid)}`,
        `没有这个应用，或您无权访问：${JSON.stringify(appid)}`,
      );
}

/** The operator who asks, as they are now. */
const self = async ({ operators }: AdminServices, { operator }: Who): Promise<Operator | undefined> =>
  (await operators.list()).find(({ name }) => name === operator);

const cookieOf = ({ session }: Begun, visit: Visit) => cookie(session, SESSION_LIFE, visit);

/** No script reads it, no other site's page sends it, and it goes to operators' calls alone. `life` is seconds. */
const cookie = (text: string, life: number, { isSecure }: Visit): string =>
  `${sessionCookie}=${text}; Path=${adminRoot}; Max-Age=${life}; HttpOnly; SameSite=Strict${isSecure ? "; Secure" : ""}`;

const shownOperator = ({ name, role, apps, password, createdAt, signedInAt }: Operator) => ({
  name,
  role,
  apps: [...apps],
  has_password: password !== null,
  create_time: createdAt,
  sign_in_time: signedInAt,
});

const shownToken = ({ name, role, apps, createdAt, endsAt }: OperatorToken) => ({
  name,
  role,
  apps: [...apps],
  create_time: createdAt,
  end_time: endsAt,
});
