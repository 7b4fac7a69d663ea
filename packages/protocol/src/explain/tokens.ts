import type { Explained } from "./explanation.ts";

/** Codes that are about access tokens and how they are fetched (protocol.md section 2). */
export const ofTokens = {
  40001: {
    looks: ["invalid credential, access_token is invalid or not latest"],
    zh: {
      means:
        "这个 `access_token` 不认识、被改动过，或者已经被更新的一个取代。它和 42001 不同：42001 是活满了有效期，40001 是没活满就作废了，或者从来不是本服务签发的。",
      causes: [
        "多台机器、多个进程各自调用 `/cgi-bin/token`：每取一次就换一个新 token，上一个只再用 5 分钟，更早的立即作废。",
        "换了域名却没有清缓存：手里还是微信平台（或另一台券库）发的 token。",
        "用另一个应用的 token 调用，或者刚刚 `quanku app rotate-secret`，旧 token 随之失效。",
        "token 没有做 URL 编码、被截断，或者带上了换行和空格。",
      ],
      mend: [
        "重新取一个 token 再调用一次；仍是 40001，再往下查。",
        "全公司只让一处取 token，其余从它那里读。做不到就改用 `POST /cgi-bin/stable_token`：谁来取都是同一个。",
        "清掉程序缓存（Redis、文件）里的旧 token。切换环境之后这是第一件要做的事。",
      ],
    },
    en: {
      means:
        "The `access_token` is unknown, was altered, or was replaced by a newer one. Not the same as 42001: that one lived its whole life; this one was ended before its time, or was never ours.",
      causes: [
        "Several machines or processes each call `/cgi-bin/token`. Every fetch makes a new token; the one before it lives 5 minutes more, older ones die at once.",
        "The host was changed and the cache was not emptied: the token is still one of the platform, or of another Quanku.",
        "The token is another app's, or `quanku app rotate-secret` has just ended all of them.",
        "The token was cut off, not URL-encoded, or carries a line break or a space.",
      ],
      mend: [
        "Fetch a new token and call once more. If that answers 40001 as well, read on.",
        "Let one place fetch tokens and everybody else read them there. Where that cannot be, use `POST /cgi-bin/stable_token`: it gives everybody the same one.",
        "Empty the cache (Redis, a file) that your program keeps tokens in. It is the first thing to do after changing the host.",
      ],
    },
  },
  40002: {
    looks: ["invalid grant_type: grant_type must be client_credential"],
    zh: {
      means: "取 token 时的 `grant_type` 只能是 `client_credential`。",
      causes: [
        "漏了 `grant_type`，或者写成 `client_credentials`（多一个 s，那是 OAuth 2.0 的写法）。",
        "把网页授权用的 `authorization_code` 拿来取接口凭证。",
        "`stable_token` 的参数放进了查询串：它只读 JSON 请求体。",
      ],
      mend: [
        "`GET /cgi-bin/token?grant_type=client_credential&appid=…&secret=…`，一个字母也不要多。",
        '`POST /cgi-bin/stable_token` 则把 `{"grant_type":"client_credential","appid":"…","secret":"…"}` 放在请求体里。',
      ],
    },
    en: {
      means: "When a token is fetched, `grant_type` is `client_credential` and nothing else.",
      causes: [
        "`grant_type` is left out, or written `client_credentials` with an s, as OAuth 2.0 spells it.",
        "`authorization_code`, which signs people in, was used for the token of the API.",
        "The parameters of `stable_token` stand in the query: it reads its JSON body alone.",
      ],
      mend: [
        "`GET /cgi-bin/token?grant_type=client_credential&appid=…&secret=…`, to the letter.",
        'For `POST /cgi-bin/stable_token` put `{"grant_type":"client_credential","appid":"…","secret":"…"}` into the body.',
      ],
    },
  },
  40013: {
    looks: ["invalid appid"],
    zh: {
      means: "这台服务器上没有这个 `appid` 的应用。它在检查 `grant_type` 和 `secret` 之前就会报出来。",
      causes: [
        "应用建在另一个数据目录或另一个数据库里：`app create` 时的 `--data-dir`、`QUANKU_DATA_DIR`、`DATABASE_URL` 与 `serve` 的不一致。",
        "`quanku serve` 没有加 `--demo`，而示例店铺的密钥还是公开的那一个：这时示例店铺不对外服务。",
        "`appid` 抄错，或者两头带了空格；`appid` 区分大小写。",
      ],
      mend: [
        "`npx quanku app list` 看看这份数据里到底有哪些应用。",
        "没有就建一个：`npx quanku app create --appid wx0123456789abcdef`。正在运行的服务器马上就认识它。",
        "想用示例店铺就用 `npm start` 启动，或给它换一个自己的密钥：`npx quanku app rotate-secret wx9e20708660a0991b`。",
      ],
    },
    en: {
      means: "No app of this server has that `appid`. It is told before `grant_type` and `secret` are looked at.",
      causes: [
        "The app was made in another data directory or database: `--data-dir`, `QUANKU_DATA_DIR` or `DATABASE_URL` of `app create` differ from those of `serve`.",
        "`quanku serve` was started without `--demo`, and the demo shop still has the secret that everybody knows: then it is not served.",
        "The `appid` is mistyped or has a space at one end. Upper and lower case matter.",
      ],
      mend: [
        "`npx quanku app list` shows which apps this data really holds.",
        "If it is not among them, make it: `npx quanku app create --appid wx0123456789abcdef`. A server that runs knows it at once.",
        "For the demo shop start with `npm start`, or give it a secret of its own: `npx quanku app rotate-secret wx9e20708660a0991b`.",
      ],
    },
  },
  40029: {
    looks: ["invalid code: js_code is required; any text will do"],
    zh: {
      means:
        "登录（`GET /sns/jscode2session`）时没有给 `js_code`，或者给的是空串。平台上一个 code 只能用一次；沙箱里任何文字都行，不会过期。",
      causes: [
        "小程序的 `wx.login()` 没有成功，或者它的结果没有传到后端，后端就拿空值去换。",
        "参数名写成了 `code`：这里要的是 `js_code`。",
        "参数放进了请求体：这个接口只读查询串。",
      ],
      mend: [
        "`GET /sns/jscode2session?grant_type=authorization_code&appid=…&secret=…&js_code=alice`：同一个 `js_code` 总是换得同一个 openid。",
        "想要指定的 openid，就给这个人取个名字：`npx quanku person make <appid> alice`，之后 `js_code=alice` 就是他。",
        "在平台上遇到 40029 还可能是 code 用过了或超过五分钟；沙箱不检查这些。",
      ],
    },
    en: {
      means:
        "A login (`GET /sns/jscode2session`) came without a `js_code`, or with an empty one. On the platform a code is good once; in a sandbox any text will do, and none ends.",
      causes: [
        "`wx.login()` of the mini program failed, or what it answered never reached your server, which asked with nothing.",
        "The parameter was called `code`: its name is `js_code`.",
        "The parameters stand in the body: this call reads the query alone.",
      ],
      mend: [
        "`GET /sns/jscode2session?grant_type=authorization_code&appid=…&secret=…&js_code=alice`: the same `js_code` is always changed for the same openid.",
        "For an openid of your choice give the person a name: `npx quanku person make <appid> alice`, and `js_code=alice` is them.",
        "On the platform 40029 also tells of a code that was used before or is older than five minutes; a sandbox does not look at that.",
      ],
    },
  },
  40125: {
    looks: ["invalid appsecret"],
    zh: {
      means: "`appid` 对，`secret` 不对。",
      causes: [
        "`app create` 只把密钥显示这一次；后来有人 `rotate-secret`，旧密钥当场作废。",
        "把微信后台的 AppSecret 填进来了：券库的应用有自己的密钥。",
        "密钥里有 `+`、`/`、`=` 或中文，放进查询串时没有做 URL 编码。",
        "从文件读密钥，把末尾的换行也读了进来。",
      ],
      mend: [
        "密钥丢了找不回来（库里只存摘要），换一个：`npx quanku app rotate-secret <appid>`。",
        "在命令行里让 curl 编码：`curl -G … --data-urlencode secret=…`；或改用 `stable_token`，密钥在 JSON 里，不必编码。",
      ],
    },
    en: {
      means: "The `appid` is right and the `secret` is not.",
      causes: [
        "`app create` shows the secret once; `rotate-secret` replaced it since, and the old one ended there and then.",
        "It is the AppSecret of the platform's console. An app of Quanku has a secret of its own.",
        "The secret holds `+`, `/`, `=` or Chinese and was not URL-encoded in the query.",
        "It was read from a file together with the line break at its end.",
      ],
      mend: [
        "A lost secret cannot be looked up, only its digest is kept. Replace it: `npx quanku app rotate-secret <appid>`.",
        "Let curl encode it: `curl -G … --data-urlencode secret=…`. Or use `stable_token`, where it stands in JSON and needs no encoding.",
      ],
    },
  },
  41001: {
    looks: ["access_token missing: give it in the query: ?access_token="],
    zh: {
      means: "URL 的查询串里没有 `access_token`。放在请求体、请求头里都不算。",
      causes: [
        "token 写进了 JSON 请求体，或者放在 `Authorization` 头里。",
        "取 token 那一步其实失败了，变量是空的，请求变成 `?access_token=`。",
        "命令行里 URL 没加引号，shell 把 `?` 或 `&` 之后的部分吃掉了。",
      ],
      mend: [
        "写成 `POST /shop/coupon/get_list?access_token=…`，请求体只放业务字段。",
        "先打印取 token 的回复：里面若有 `errcode`，就先解决那一个。",
        "shell 里整个 URL 用引号括起来。",
      ],
    },
    en: {
      means: "The query of the URL has no `access_token`. In the body or in a header it does not count.",
      causes: [
        "The token stands in the JSON body, or in an `Authorization` header.",
        "Fetching the token had failed, the variable is empty, and the call went to `?access_token=`.",
        "The URL is not quoted, and the shell kept what follows `?` or `&` for itself.",
      ],
      mend: [
        "Call `POST /shop/coupon/get_list?access_token=…`; the body has the call's own fields alone.",
        "Print what the fetch of the token answered. If there is an `errcode` in it, mend that one first.",
        "In a shell, put the whole URL into quotes.",
      ],
    },
  },
  41002: {
    looks: ["appid missing"],
    zh: {
      means: "取 token 时没有给 `appid`。",
      causes: [
        "参数名写成了 `appId`、`app_id`：名字要一模一样，全小写。",
        "`/cgi-bin/token` 的参数放进了请求体：它只读查询串，`POST` 也一样。",
        "`/cgi-bin/stable_token` 的参数放进了查询串：它只读 JSON 请求体。",
        "环境变量没读到，传了空字符串。",
      ],
      mend: [
        "照这两种写法改：`GET /cgi-bin/token?grant_type=client_credential&appid=…&secret=…`，",
        '或 `POST /cgi-bin/stable_token`，请求体 `{"grant_type":"client_credential","appid":"…","secret":"…"}`。',
      ],
    },
    en: {
      means: "A token was asked for without an `appid`.",
      causes: [
        "The parameter is called `appId` or `app_id`: it is `appid`, all lower case.",
        "The parameters of `/cgi-bin/token` stand in the body: it reads the query alone, of a `POST` too.",
        "The parameters of `/cgi-bin/stable_token` stand in the query: it reads its JSON body alone.",
        "An environment variable was not there, and an empty text was sent.",
      ],
      mend: [
        "Ask as one of these does: `GET /cgi-bin/token?grant_type=client_credential&appid=…&secret=…`,",
        'or `POST /cgi-bin/stable_token` with the body `{"grant_type":"client_credential","appid":"…","secret":"…"}`.',
      ],
    },
  },
  41004: {
    looks: ["appsecret missing: secret is required"],
    zh: {
      means: "取 token 时没有给 `secret`，或者给了空的。",
      causes: [
        "参数名写成了 `appsecret`、`app_secret`：这里就叫 `secret`。",
        "密钥来自环境变量或配置中心，部署时没有配上。",
      ],
      mend: [
        "补上 `secret`。看到 41004 说明 `appid` 和 `grant_type` 已经对了。",
        "在程序启动时就检查密钥不为空，比等到第一次调用才发现要好。",
      ],
    },
    en: {
      means: "A token was asked for without a `secret`, or with an empty one.",
      causes: [
        "The parameter is called `appsecret` or `app_secret`: here its name is `secret`.",
        "The secret comes from the environment or a configuration service, and was not set where this runs.",
      ],
      mend: [
        "Send `secret`. That you see 41004 means that `appid` and `grant_type` are right already.",
        "Let your program refuse to start without it; that is better than the first call finding out.",
      ],
    },
  },
  42001: {
    looks: ["access_token expired"],
    zh: {
      means: "这个 token 是本服务签发的，它的 7200 秒用完了。换新的即可，不是故障。若没到时间就失效，报的是 40001。",
      causes: [
        "程序启动时取了一次 token，之后一直用同一个。",
        "把 `expires_in` 当成了固定的 7200：`stable_token` 返回的是剩下的秒数，可能只剩几百。",
        "缓存写入的有效期比 token 长，或者两台机器的时钟相差很多。",
        "沙箱应用里把时钟往前拨过了 2 小时：token 也跟着老了。",
      ],
      mend: [
        "取新 token，重发这一次调用：失败的调用什么也没改，重发是安全的。",
        "按 `expires_in` 缓存，提前几分钟换新；同时把 42001 当作「立刻换新」的信号。`@quanku/sdk` 已经这样做。",
      ],
    },
    en: {
      means:
        "The token is one of ours and its 7200 seconds are over. Fetch another; nothing is broken. A token that ends before its time is told as 40001.",
      causes: [
        "The program fetched a token as it started and has used that one ever since.",
        "`expires_in` was taken to be 7200 always: `stable_token` answers what is left, which may be a few hundred.",
        "The cache keeps it for longer than it lives, or two machines' clocks are far apart.",
        "The clock of a sandbox app was moved past two hours: its tokens have aged with it.",
      ],
      mend: [
        "Fetch a token and send the call again. A call that failed changed nothing, so that is safe.",
        "Keep a token for `expires_in` less some minutes, and take 42001 as the sign to renew it at once. `@quanku/sdk` does both.",
      ],
    },
  },
  45009: {
    looks: ["reach max api daily quota limit: 2000 token fetches a day; keep a token for its 7200 seconds"],
    zh: {
      means:
        "这个应用今天取 token 的次数用完了。默认每种 token（普通、稳定版）每天各 2000 次，东八区零点重新计数。已有的 token 照常可用。",
      causes: [
        "每次调用接口之前都取一次 token，没有缓存。",
        "收到任何错误都去换 token，然后在循环里重试。",
        "很多进程各取各的；按 2 小时换一次算，一个应用一天 12 次就够。",
      ],
      mend: [
        "缓存 token。它能用 7200 秒，所有进程共用一个。",
        "先用另一种应急：普通版用完了，`POST /cgi-bin/stable_token` 还有自己的额度，而且它在有效期内总返回同一个 token。",
        "确实需要更多，建应用时给：`npx quanku app create --appid … --token-quota 20000`。沙箱应用可以把时钟拨到明天。",
      ],
    },
    en: {
      means:
        "The app's fetches of tokens are used up for today: 2000 of each kind (regular, stable) unless it was made with another number, counted from midnight of UTC+8. Tokens that you have are still good.",
      causes: [
        "A token is fetched before every call and kept nowhere.",
        "Every error makes the program fetch a token and try again, in a loop.",
        "Many processes fetch for themselves. At one every two hours an app needs twelve a day.",
      ],
      mend: [
        "Keep the token: it is good for 7200 seconds and for all your processes.",
        "To get on now, use the other kind: `POST /cgi-bin/stable_token` has a quota of its own, and gives the same token while it lasts.",
        "If you do need more, say so when the app is made: `npx quanku app create --appid … --token-quota 20000`. The clock of a sandbox app can be moved to tomorrow.",
      ],
    },
  },
} as const satisfies Record<number, Explained>;
