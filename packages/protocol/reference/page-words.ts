import { loginPath, tokenPaths } from "@quanku/protocol/calls";
import { inChinese, typeInChinese } from "./chinese/fields.ts";

const ends = /[:：]$/;

/** What stands on the page of calls around what is made from the schemas. */
export const callWords = {
  en: {
    about: (text: string) => text,
    type: (text: string) => text,
    request: "Request",
    reply: "Reply, beside `errcode: 0`",
    titled: (title: string) => `${title}:`,
    nothing: (title: string) => `${title}: nothing.`,
    yes: "yes",
    columns: ["field", "required", "type", "what it means"],
    needs: ["type", "fields of discount_info"],
    head: (needs: string) => `# Coupon calls

The calls under \`/shop/coupon/\` are the platform's, those under \`/quanku/coupon/\` our own, in the same form.
Every call is a \`POST\` with a JSON body and the token in the query. Success is \`{"errcode":0, …}\`; a failure is
\`{"errcode":N,"errmsg":"… rid: …"}\` with a code of [codes.md](codes.md); both are HTTP 200. Times are Unix seconds, money
is fen (1/100 yuan), a discount of 5100 means that 51 % is paid. \`"6400"\` counts as 6400. A field that is not
required is absent where it is \`null\`, \`""\`, \`[]\` or 0, unless that says something, as a price of 0 does; \`[]\` is an empty
object where one is expected: [what is read liberally, and what the calls mean](../protocol.md). Objects in
\`coupon_info\` may hold members of the merchant's own, of whatever type: they are kept. Members that nobody knows are
ignored elsewhere.

The bodies shown are real: the platform's own samples of its calls, and what a server was asked and answered in ours.

What coupons take off a cart, and what comes back of it: [worked-examples.md](worked-examples.md).

What \`add\` and \`update\` need in \`coupon_info\` by type:

${needs}

Tokens: \`GET ${tokenPaths.token}?grant_type=client_credential&appid=…&secret=…\` or \`POST ${tokenPaths.stableToken}\`
with \`{"grant_type":"client_credential","appid":"…","secret":"…","force_refresh":false}\` answer
\`{"access_token":"…","expires_in":7200}\`.

Of sandbox apps alone: \`GET ${loginPath}?grant_type=authorization_code&appid=…&secret=…&js_code=…\` answers
\`{"openid":"…","session_key":"…"}\`, and \`unionid\` where the person was given one. Any code logs somebody in: the person of
that name, else one whom the code always stands for.
`,
  },
  zh: {
    about: inChinese,
    type: typeInChinese,
    request: "请求",
    reply: "回复（`errcode: 0` 之外）",
    titled: (title: string) => `${title.replace(ends, "")}：`,
    nothing: (title: string) => `${title}：无。`,
    yes: "是",
    columns: ["字段", "必填", "类型", "含义"],
    needs: ["类型", "discount_info 里要有的字段"],
    head: (needs: string) => `# 券接口

\`/shop/coupon/\` 下是平台的接口，\`/quanku/coupon/\` 下是我们自己的，形式一样。一律 \`POST\`，请求体是 JSON，token 放在查询串里。
成功是 \`{"errcode":0, …}\`，失败是 \`{"errcode":N,"errmsg":"… rid: …"}\`，错误码见[错误码](codes.zh-CN.md)；HTTP 状态都是 200。
时间是 Unix 秒，金额是分，折扣 5100 表示付 51%。\`"6400"\` 当作 6400。非必填字段为 \`null\`、\`""\`、\`[]\` 或 0 时当作没有，除非这个值本身
有意义（例如价格为 0）；该是对象的地方，\`[]\` 当作空对象，见[协议细则](../protocol.zh-CN.md)。\`coupon_info\` 里的对象可以带商家自己的成员，
什么类型都行，原样保存；别处不认识的成员则忽略。

下面的请求和回复都是真的：平台接口用平台自己的示例，我们的接口用服务器实际收到和答复的内容。

券在购物车里减多少、退货退多少：[优惠算例](worked-examples.zh-CN.md)。

\`add\`、\`update\` 按类型在 \`coupon_info\` 里要有：

${needs}

取 token：\`GET ${tokenPaths.token}?grant_type=client_credential&appid=…&secret=…\`，或 \`POST ${tokenPaths.stableToken}\`，请求体
\`{"grant_type":"client_credential","appid":"…","secret":"…","force_refresh":false}\`，都回复
\`{"access_token":"…","expires_in":7200}\`。

仅限沙箱应用：\`GET ${loginPath}?grant_type=authorization_code&appid=…&secret=…&js_code=…\` 回复
\`{"openid":"…","session_key":"…"}\`，指定了 unionid 的人另有 \`unionid\`。任何 js_code 都能登录：有这个名字的人就是此人，
否则是这个 js_code 一直代表的人。
`,
  },
};

/** What stands before the table of codes. */
export const codesInEnglish = (backOff: number): string => `# Error codes

\`errmsg\` is the text, then \`: \` and our detail where there is one, then \` rid: …\`, the id of the request in our log.
Every server explains each code at \`/docs/codes/<code>\`: its usual causes, and how to mend it.

The last column says after how long a program may send the very same request again by itself; nothing is done twice by
that. Where it is to back off, the first pause is ${backOff} ms and each is twice as long as the one before. Where it is
empty a request that failed will fail again until somebody changes something, or until a time that the text names: a person may ask
again then, a program in a loop should not.

| code | text | when | send again |
|---|---|---|---|`;

/** The same in Chinese. */
export const codesInChinese = (backOff: number): string => `# 错误码

\`errmsg\` 依次是平台原文、\`: \` 和我们的说明（若有）、\` rid: …\`（请求在日志里的编号）。每台服务器都在 \`/docs/codes/<错误码>\`
上逐个说明：常见原因、怎么解决。

最后一列说程序隔多久可以自动重发同样的请求；重发不会把事情做两遍。退避重试第一次等 ${backOff} 毫秒，以后每次加倍。空着的，同样的请求还会失败，
直到有人改了什么，或到了说明里的时间：那时人可以再试，程序不要循环去试。

| 错误码 | 平台原文 | 含义 | 重发 |
|---|---|---|---|`;
