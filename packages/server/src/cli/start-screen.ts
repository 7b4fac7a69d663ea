import { type DemoShop, demoApp } from "./demo.ts";
import type { Tls } from "./tls/terms.ts";

export type Started = {
  url: string;
  dataIn: string;
  /** What was made for it, where something was. */
  created: string | undefined;
  /** Of a start with `--demo`. */
  demo: DemoShop | undefined;
  /** A link that signs in as the demo's operator, where there is one. */
  signInAt: string | undefined;
  /** Whether the store holds a demo shop that is not served, because its secret is published. */
  withholdsDemo: boolean;
  /** Where metrics are, if at an address of their own. */
  metricsUrl: string | undefined;
  /** How it speaks TLS, where it does. */
  tls: Pick<Tls, "notes" | "authority"> | undefined;
};

/** What `quanku serve` prints once it listens. */
export function startScreen(started: Started): string {
  const { url, dataIn, created, demo, signInAt, withholdsDemo, metricsUrl, tls } = started;
  const what = demo === "ready" ? `the demo shop at ${url}` : url;
  const notes = [
    created && `created ${created}`,
    signInAt && `Console, signed in once within 10 minutes / 控制台（10 分钟内免密登录一次）: ${signInAt}`,
    ...(tls?.notes(url) ?? []),
    `Documentation / 文档: ${url}/docs`,
    metricsUrl && `metrics at ${metricsUrl}/metrics`,
    demo && demo !== "ready" && without[demo](dataIn),
    withholdsDemo &&
      `the demo shop in ${dataIn} is not served, because its secret is published: start with --demo, or give it another with quanku app rotate-secret ${demoApp.appid}`,
  ].filter(Boolean);
  const head = `Quanku 券库 serves ${what}   data in ${dataIn}   Ctrl-C stops / 按 Ctrl-C 停止`;
  const screen = [head, ...notes].map((line) => `  ${line}\n`).join("");
  return demo === "ready" ? `\n${screen}${firstSteps(url, tls?.authority)}` : screen;
}

/** Why there is no demo shop to try, by what there is instead. */
const without: Record<Exclude<DemoShop, "ready">, (dataIn: string) => string> = {
  absent: (dataIn) =>
    `no demo shop: ${dataIn} has apps of its own, see quanku app list; for the demo name an empty directory with --data-dir`,
  own_secret: () =>
    `the demo shop ${demoApp.appid} has a secret of its own: fetch tokens with that one, or name an empty directory with --data-dir`,
};

/** curl as it is called where a certificate has to be trusted first. */
const curlTrusting = (authority: string | undefined) =>
  authority === undefined ? "curl -s" : `curl --cacert '${authority}' -s`;

const firstSteps = (url: string, authority: string | undefined, curl = curlTrusting(authority)) => `
  1. Get a token / 获取 access_token:

TOKEN=$(${curl} '${url}/cgi-bin/token?grant_type=client_credential&appid=${demoApp.appid}&secret=${demoApp.secret}' | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')

  2. List coupons / 获取优惠券列表:

${curl} "${url}/shop/coupon/get_list?access_token=$TOKEN" -d '{"page_size":3,"offset":2}'

`;
