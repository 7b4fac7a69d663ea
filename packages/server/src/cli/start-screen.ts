import { demoApp } from "./demo.ts";

/** What `quanku serve` prints once it listens. */
export function startScreen(url: string, options: { dataIn: string; demo: boolean }): string {
  const { dataIn, demo } = options;
  if (!demo) return `Quanku 券库 serves ${url}   data in ${dataIn}   Ctrl-C stops\n`;
  return `
  Quanku 券库 serves the demo shop at ${url}
  data in ${dataIn}   Ctrl-C stops / 按 Ctrl-C 停止

  1. Get a token / 获取 access_token:

TOKEN=$(curl -s '${url}/cgi-bin/token?grant_type=client_credential&appid=${demoApp.appid}&secret=${demoApp.secret}' | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')

  2. List coupons / 获取优惠券列表:

curl -s "${url}/shop/coupon/get_list?access_token=$TOKEN" -d '{"page_size":3,"offset":2}'

`;
}
