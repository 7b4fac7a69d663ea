import type { Explained } from "./explanation.ts";

/** Codes that are about asking the merchant's callback (protocol.md section 6). */
export const ofCallback = {
  1090020: {
    looks: [
      '优惠券回调检验结果失败: out_user_coupon_id is "merchant-1", expected "test_coupon_user_coupon_id"',
      "优惠券回调检验结果失败: the reply is success, which acknowledges but decides nothing: answer request_id, out_coupon_id, ret_code and ret_msg, and out_user_coupon_id where ret_code is 0, as JSON or XML",
    ],
    zh: {
      means: "调用 `confirm` 时，您的回调答了，但答的不是检验要求的内容。`errmsg` 说了哪个字段是什么、应当是什么。",
      causes: [
        "把检验当成真的领券，自己生成了 `out_user_coupon_id`。检验要的是固定值 `test_coupon_user_coupon_id`。",
        "在自己的库里查 `test_coupon`，查不到就报错：它本来就不存在。",
        "回了 `success` 或空内容：那只是收到，没有做决定。",
        '`request_id` 没有原样带回，或者 JSON 里的 `ret_code` 是 `"OK"` 之类。',
        "安全模式下没有加密，或者密钥、appid、时间不对：`errmsg` 会提到 `MsgSignature`、`Encrypt` 或 `TimeStamp`。",
      ],
      mend: [
        '收到 `out_coupon_id` 为 `test_coupon` 时，不查库，直接答：`{"out_user_coupon_id":"test_coupon_user_coupon_id","request_id":"test_coupon_request_id","ret_code":0,"ret_msg":"success","out_coupon_id":"test_coupon"}`',
        "再 `confirm` 一次。`npx quanku callbacks <appid> --limit 1` 显示发了什么、收到什么。",
        "不想自己写：`@quanku/sdk/callback` 会自动答复检验；`examples/` 里有五种语言的完整商家程序。",
      ],
    },
    en: {
      means:
        "`confirm` was called, your callback answered, and not what the test asks for. The `errmsg` names the field, what it was, and what it must be.",
      causes: [
        "The test was taken for a claim, and a new `out_user_coupon_id` was made. The test wants the fixed `test_coupon_user_coupon_id`.",
        "`test_coupon` was looked up in the shop's books and not found: there is no such coupon.",
        "The answer was `success` or nothing, which says that it came, not what was decided.",
        '`request_id` did not come back as it was, or `ret_code` is `"OK"` or the like.',
        "In the secure mode it was not encrypted, or with another key, appid or time: then the `errmsg` speaks of `MsgSignature`, `Encrypt` or `TimeStamp`.",
      ],
      mend: [
        'Where `out_coupon_id` is `test_coupon`, look nothing up and answer `{"out_user_coupon_id":"test_coupon_user_coupon_id","request_id":"test_coupon_request_id","ret_code":0,"ret_msg":"success","out_coupon_id":"test_coupon"}`',
        "Call `confirm` again. `npx quanku callbacks <appid> --limit 1` shows what was sent and what came back.",
        "Or do not write it yourself: `@quanku/sdk/callback` answers the test, and `examples/` holds whole merchants in five languages.",
      ],
    },
  },
  1090032: {
    looks: [
      "回调优惠券系统失败: connection refused at 127.0.0.1:9000",
      '回调优惠券系统失败: the callback declined: ret_code 1090032: "database is away"',
    ],
    zh: {
      means:
        "联系不上商家的回调，或者它答了 HTTP 错误，或者它自己说系统失败（`ret_code` 1090032）。领券时已经试了三次。",
      causes: [
        "回调程序没启动，端口或路径不对，服务器那边的防火墙没放行。",
        "地址是 127.0.0.1、10.x、192.168.x 等内网地址：默认不允许，要 `serve --allow-private-callbacks`（示例店铺已允许）。",
        "改了 `--callback-url`，却没再 `confirm`：生效的仍是上一个确认过的地址。",
        "证书自签、过期、缺中间证书；或者回调答了 301/302，跳转一律不跟。",
        "回调抛了异常，框架答 500；或者处理到一半连接断开。",
      ],
      mend: [
        "`errmsg` 里就有原因。再看一眼 `npx quanku callbacks <appid> --limit 5`，里面有地址和状态码。",
        "从券库所在的机器上试：`curl -v <回调地址>`，能连上、不跳转、证书可信，才轮到签名和内容。",
        "`npx quanku app verify-callback <appid>` 只做 URL 校验，最快。",
        "换过地址就再调用一次 `confirm`。",
      ],
    },
    en: {
      means:
        "The merchant's callback could not be reached, answered with an HTTP error, or says itself that its system failed (`ret_code` 1090032). A claim has been tried three times by then.",
      causes: [
        "The program does not run, the port or path is another, or a firewall is in between.",
        "The address is private (127.0.0.1, 10.x, 192.168.x): such are asked only with `serve --allow-private-callbacks`, which the demo has on.",
        "`--callback-url` was changed and `confirm` not called: the one that was confirmed last is still in force.",
        "The certificate is self-signed, over, or lacks the intermediate one; or the answer is a 301 or 302, and redirects are not followed.",
        "The handler threw and its framework answered 500; or the connection broke half-way.",
      ],
      mend: [
        "The `errmsg` has the reason, `npx quanku callbacks <appid> --limit 5` the address and the status beside it.",
        "Try it from the machine that Quanku runs on: `curl -v <callback url>`. It has to connect, without a redirect, with a certificate that is trusted; signature and content come after that.",
        "`npx quanku app verify-callback <appid>` makes the check of the URL alone, which is quickest.",
        "If the URL was changed, call `confirm` once more.",
      ],
    },
  },
  1090056: {
    looks: [
      "小程序事件推送开关未打开: this app has no callback URL; set one with quanku app set <appid> --callback-url",
    ],
    zh: {
      means: "调用了 `confirm`，可是这个应用没有设回调地址。在微信平台上，这对应后台的「消息推送」没有打开。",
      causes: [
        "还没有设过 `--callback-url`。",
        "设在了另一个应用或另一份数据上。",
        "本来不需要回调：领券由券库自己的规则决定（`--claim-mode direct`，默认），就不用 `confirm`。",
      ],
      mend: [
        "`npx quanku app set <appid> --callback-url http://127.0.0.1:9000/callback --callback-token AAAAA`，一秒内生效。",
        "要让商家决定每次领券，再加 `--claim-mode callback`。",
        "`npx quanku app show <appid>` 看现在的设置。",
      ],
    },
    en: {
      means:
        "`confirm` was called, and the app has no callback URL. On the platform this is told where pushes of messages are switched off in its console.",
      causes: [
        "`--callback-url` was never set.",
        "It was set for another app, or on other data.",
        "None is needed: where our rules decide claims (`--claim-mode direct`, the default) there is nothing to confirm.",
      ],
      mend: [
        "`npx quanku app set <appid> --callback-url http://127.0.0.1:9000/callback --callback-token AAAAA`, in force within a second.",
        "For the merchant to decide each claim, add `--claim-mode callback`.",
        "`npx quanku app show <appid>` shows the settings that are.",
      ],
    },
  },
  1090060: {
    looks: [
      "优惠券回调超时命中限频: no reply within 2500 ms",
      "优惠券回调超时命中限频: only a part of the reply within 2500 ms",
    ],
    zh: {
      means: "商家的回调在 2.5 秒内没有答完。从建立连接算到收完最后一个字节；领券时一共试三次，都超时才报它。",
      causes: [
        "回调里同步调用别的服务（发短信、查会员、写远程库），加起来超过 2.5 秒。",
        "冷启动：云函数第一次要好几秒。",
        "单线程的开发服务器，一个请求没完，后面的都排队。",
        "声明了 `Content-Length` 却没发满，或者不关闭分块传输：看起来答了，其实没答完。",
      ],
      mend: [
        "先记下决定就答复，其余的事以后做。",
        "同一个 `request_id` 会来第二、第三次：已经决定过的，直接把上次的答复再给一遍，不要再算一次、再发一张。",
        "客户端退避后沿用同一个 `request_id` 再领，结果出来了就会答给它。",
        "`npx quanku callbacks <appid>` 看每次耗时。",
      ],
    },
    en: {
      means:
        "The merchant's callback had not answered to the last byte within 2.5 seconds of the start of the connection. A claim is tried three times, and told this when all were too slow.",
      causes: [
        "The handler waits for others (a text message, a member service, a remote database), and together that is more than 2.5 seconds.",
        "A cold start: a cloud function takes seconds the first time.",
        "A development server with one thread: while one request runs, the next wait.",
        "`Content-Length` promises more than is sent, or a chunked reply is never ended: it looks answered and is not.",
      ],
      mend: [
        "Write the decision down, answer, and do the rest later.",
        "The same `request_id` comes a second and a third time. Give the answer that was decided before; do not decide anew and give another coupon.",
        "Clients back off and claim again with the same `request_id`; once there is a result they are told it.",
        "`npx quanku callbacks <appid>` shows how long each took.",
      ],
    },
  },
} as const satisfies Record<number, Explained>;
