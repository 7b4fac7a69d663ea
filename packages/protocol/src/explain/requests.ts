import type { Explained } from "./explanation.ts";

/** Codes that are about how a request is made, and what its fields hold (protocol.md section 1). */
export const ofRequests = {
  0: {
    looks: [],
    zh: {
      means: "成功。回复里没有 `errmsg`，只有 `errcode: 0` 和结果。",
      causes: ["做成了，并且已经落盘。", "同样的请求先前已经做成：重复一次也答 0，什么都不会做两遍。"],
      mend: [
        "判断成败看 `errcode`，不要看有没有 `errmsg`，也不要看 HTTP 状态：成功和失败都是 200。",
        "取 token 的两个接口成功时连 `errcode` 也没有，有 `access_token` 就是成功。",
      ],
    },
    en: {
      means: "Success. The reply has no `errmsg`, only `errcode: 0` and the result.",
      causes: [
        "It was done, and is on disk.",
        "The same request had been done before: a repeat answers 0 as well, and nothing is done twice.",
      ],
      mend: [
        "Tell success by `errcode`, not by whether there is an `errmsg`, and not by the HTTP status, which is 200 for failures too.",
        "The two calls that fetch a token have no `errcode` when they succeed: there is an `access_token` instead.",
      ],
    },
  },
  [-1]: {
    looks: ["system error"],
    zh: {
      means: "服务器自己没料到的故障。请求本身没有毛病，原因在服务器日志里，按回复里的 `rid` 查。",
      causes: [
        "券库的缺陷。能靠调用者改正的错误，从不报 -1。",
        "运行环境出了意外，例如磁盘读写报错。数据库暂时不可用报的是 990010，不是 -1。",
      ],
      mend: [
        "隔一小会儿重发同样的请求，间隔逐次加倍。",
        "一直如此，就拿 `rid` 去日志里找 `call failed` 那一行，连同它的 `err` 一起报告给我们。",
      ],
    },
    en: {
      means:
        "A fault of the server that nobody foresaw. Your request is not at fault; the log has the cause under the `rid` of the reply.",
      causes: [
        "A defect of Quanku. What a caller can mend is never told as -1.",
        "Something unexpected under the server, a disk that fails for one. A database that is away for a moment is 990010, not -1.",
      ],
      mend: [
        "Send the same request again after a moment, and wait twice as long each time.",
        "If it stays, look for the `rid` in the log: the line says `call failed`. Report it to us with its `err`.",
      ],
    },
  },
  40066: {
    looks: ["invalid url: no call at /shop/coupon/getlist", "invalid url: ask with GET"],
    zh: {
      means: "这个路径上没有接口。`errmsg` 会把收到的路径说出来。",
      causes: [
        "拼写不一致：平台自己就有 `add_user_coupon` 和 `get_usercoupon_list` 两种写法。",
        "路径末尾多了斜杠，或者基础地址末尾的斜杠拼成了 `//shop/coupon/…`。",
        "调用了券库没有的微信接口。域名写死、把整台机器的 `api.weixin.qq.com` 都指过来时最常见。",
        "运营者接口 `/quanku/admin/v1/…` 还没有任何运营者：这时整组接口都当作不存在。",
      ],
      mend: [
        "对照接口列表逐字核对路径；`errmsg` 里的 `…` 表示从那里起不是普通单词。",
        "要用运营者接口，先建一个：`npx quanku operator create li --role owner`。",
      ],
    },
    en: {
      means: "No call lives at this path. The `errmsg` repeats the path that came.",
      causes: [
        "A spelling: the platform itself has both `add_user_coupon` and `get_usercoupon_list`.",
        "There is a slash at the end, or the base URL's own slash made it `//shop/coupon/…`.",
        "It is one of the platform's calls that Quanku does not have; usual where all of `api.weixin.qq.com` is sent here.",
        "It is an operators' call, `/quanku/admin/v1/…`, and there is no operator yet: then none of them answers.",
      ],
      mend: [
        "Compare the path with the list of calls, letter by letter. A `…` in the `errmsg` stands for what is no plain word.",
        "For operators' calls make an operator: `npx quanku operator create li --role owner`.",
      ],
    },
  },
  43002: {
    looks: ["require POST method"],
    zh: {
      means: "券接口和 `stable_token` 只接受 `POST`。",
      causes: [
        "在浏览器地址栏里打开了接口地址，那是 `GET`。",
        "HTTP 客户端遇到 301/302 跳转，把 `POST` 改成了 `GET`：常见于把 http 写成会跳到 https 的地址。",
        "查询类接口（`get`、`get_list`）按名字想当然用了 `GET`。",
      ],
      mend: [
        "改用 `POST`，参数放 JSON 请求体，token 放查询串。",
        "`curl` 加上 `-d '{}'` 就是 `POST`；确认基础地址不会被跳转。",
      ],
    },
    en: {
      means: "Coupon calls and `stable_token` take `POST` alone.",
      causes: [
        "The address was opened in a browser, which asks with `GET`.",
        "The HTTP client followed a 301 or 302 and turned the `POST` into a `GET`, as where http leads on to https.",
        "A call that reads (`get`, `get_list`) was taken for a `GET` by its name.",
      ],
      mend: [
        "Send `POST`, the parameters as a JSON body, the token in the query.",
        "`curl` sends `POST` as soon as it is given `-d '{}'`. See that the base URL is not redirected.",
      ],
    },
  },
  44002: {
    looks: ["empty post data"],
    zh: {
      means: "请求体是空的。`confirm` 例外：它没有参数，空请求体当作 `{}`。",
      causes: [
        "参数放进了查询串，或者用表单方式发送。",
        "框架要求先设置 `Content-Type: application/json` 才会写出请求体。",
        "重试时复用了已经读完的流，第二次发的是空的。",
      ],
      mend: ["把参数写成 JSON 放进请求体；没有参数也发 `{}`。", "打印真正发出去的 `Content-Length`，它不该是 0。"],
    },
    en: {
      means:
        "The request has no body. `confirm` is the exception: it has no parameters, and an empty body counts as `{}`.",
      causes: [
        "The parameters stand in the query, or were sent as a form.",
        "The framework writes a body only where `Content-Type: application/json` is set.",
        "A retry used a stream that had been read to its end, and sent nothing the second time.",
      ],
      mend: [
        "Send the parameters as JSON in the body; where there are none, send `{}`.",
        "Print the `Content-Length` that really goes out: it should not be 0.",
      ],
    },
  },
  47001: {
    looks: [
      "data format error hint: [page_size: must be an integer from 1 to 2147483647]",
      "data format error hint: [body: must be JSON]",
      "data format error hint: [coupon.type: must be one of 1, 2, 3, 4, 5, 6, 101, 102, 103, 104]",
    ],
    zh: {
      means:
        "请求体不是 UTF-8 的 JSON 对象，或者某个字段的类型、取值不可能。方括号里冒号左边是字段路径，右边是应当怎样；若写的是 `body`，就是整个请求体。",
      causes: [
        "用表单（`a=1&b=2`）而不是 JSON 发送，或者把 JSON 又当字符串编码了一次。",
        '数字传了文字：`"many"` 不行；`"6400"` 这样的数字串可以。',
        "时间用了毫秒：券库的时间是秒，且所有整数不超过 2147483647，毫秒一定超出。",
        "折扣填了 0.51 或 51：`discount_num` 以万分之一计，五一折是 5100。",
        "请求体是 GBK 编码，或超过 1 MiB；JSON 里多了逗号、写了注释。",
      ],
      mend: [
        "照方括号里的提示改那一个字段；还有别的错，会在下一次报出来。",
        "命令行试一次排除客户端问题：`curl … -d '{\"page_size\":10}'`。",
        '不填的字段不必传：`null`、`""`、`[]`、0（当 0 不是有意义的值时）都当作没有。',
      ],
    },
    en: {
      means:
        "The body is no JSON object in UTF-8, or a field has a type or a value that cannot be. In the brackets stands the path of the field, then how it must be; `body` is the body as a whole.",
      causes: [
        "It was sent as a form (`a=1&b=2`), or as JSON that was made a JSON string once more.",
        'A number came as words: `"many"` will not do, while `"6400"` is read as the number.',
        "A time is in milliseconds. Times here are seconds, and no integer may pass 2147483647, so milliseconds never fit.",
        "A discount of 0.51 or 51: `discount_num` counts 1/10000, and to pay 51 % is 5100.",
        "The body is in GBK, or longer than 1 MiB; or the JSON has a comma too many, or a comment.",
      ],
      mend: [
        "Mend the one field that the brackets name; if there is more, the next reply tells it.",
        "Rule out the client by hand: `curl … -d '{\"page_size\":10}'`.",
        'A field that you do not set need not be sent: `null`, `""`, `[]`, and 0 where 0 says nothing, count as absent.',
      ],
    },
  },
  48001: {
    looks: ["api unauthorized: this app requires a confirmed callback: call confirm first"],
    zh: {
      means:
        "这个应用开了 `--require-confirm on`，而它的回调还没有通过 `confirm`。在那之前，除了 `confirm`，其余接口一律答 48001。",
      causes: [
        "刚开通，还没有调用过 `confirm`，或者调用了但没有成功。",
        "回调地址曾被清空（`--callback-url none`），确认随之失效。",
        "本来没有回调，却打开了这个开关。",
      ],
      mend: [
        "让回调程序跑起来，调用 `POST /shop/coupon/confirm`，请求体 `{}`，直到答 0。",
        "`confirm` 自己失败时看它的错误码：1090020、1090032、1090056、1090060 各有一页。",
        "不需要回调，就关掉：`npx quanku app set <appid> --require-confirm off`。",
      ],
    },
    en: {
      means:
        "The app has `--require-confirm on`, and its callback has not passed `confirm`. Until it does, every call but `confirm` answers 48001.",
      causes: [
        "The app is new, and `confirm` was not called, or was and did not succeed.",
        "The callback URL was cleared once (`--callback-url none`), and the confirmation went with it.",
        "There is no callback at all, and the setting was switched on.",
      ],
      mend: [
        "Start the program that receives the callback and call `POST /shop/coupon/confirm` with `{}` until it answers 0.",
        "If `confirm` itself fails, its code says why: 1090020, 1090032, 1090056 and 1090060 have pages.",
        "If you need no callback, switch it off: `npx quanku app set <appid> --require-confirm off`.",
      ],
    },
  },
  990001: {
    looks: ["openid is not well-formed: openid must be 1-64 of A-Z a-z 0-9 _ -"],
    zh: {
      means: "`openid` 的样子不对：1 到 64 个字符，只能是 `A–Z a–z 0–9 _ -`。券库不检查这个人是否存在。",
      causes: [
        "传的是 unionid 加前缀、手机号、昵称，或带冒号的内部用户号。",
        "字符串拼接时混进了引号、空格或换行。",
        "前端传来的是加密的手机号或 `code`，还没有换成 openid。",
      ],
      mend: [
        "打印它的长度和首尾字符，多半是多了空白。",
        "自己的用户号不合格式时，换成一个固定的对应值，例如它的十六进制摘要。",
      ],
    },
    en: {
      means:
        "The `openid` has the wrong form: it is 1 to 64 characters of `A–Z a–z 0–9 _ -`. Whether there is such a person is not looked at.",
      causes: [
        "It is a telephone number with a plus, a nickname, or a user id of your own with a colon in it.",
        "Quotes, a space or a line break came in when texts were joined.",
        "It is what the front end sent, an encrypted number or a `code`, and was not exchanged for the openid yet.",
      ],
      mend: [
        "Print its length and its first and last characters: most often there is white space.",
        "Where your own user ids do not fit, send something fixed in their place, their digest in hex for one.",
      ],
    },
  },
  990004: {
    looks: ["openid missing: openid is required"],
    zh: {
      means: "缺 `openid`，或者它是空字符串。",
      causes: [
        "放错了层：`add_user_coupon`、`update_user_coupon` 的 `openid` 在最外层，不在 `user_coupon` 里。",
        "写成了 `open_id` 或 `openId`。",
        '用户还没登录，变量是空的：类型化的客户端会把空值发成 `""`。',
      ],
      mend: [
        '照这个样子：`{"openid":"o1","user_coupon":{"out_user_coupon_id":"u1","out_coupon_id":"c1","status":100}}`。',
        "没有 openid 就不要发出请求，先让用户登录。",
      ],
    },
    en: {
      means: "There is no `openid`, or it is an empty text.",
      causes: [
        "It stands in the wrong place: in `add_user_coupon` and `update_user_coupon` it is outermost, not in `user_coupon`.",
        "It is spelled `open_id` or `openId`.",
        'The person is not signed in and the variable is empty; typed clients send `""` then.',
      ],
      mend: [
        'Send it like this: `{"openid":"o1","user_coupon":{"out_user_coupon_id":"u1","out_coupon_id":"c1","status":100}}`.',
        "Without an openid make no request: let the person sign in first.",
      ],
    },
  },
  990005: {
    looks: ["page_size above 200: page_size must be at most 200"],
    zh: {
      means: "`page_size` 最大 200。",
      causes: ["想一次取完所有券。", "把 `page_size` 和 `offset` 写反了。"],
      mend: [
        "按 200 一页翻：`offset` 依次 0、200、400……直到 `result_list` 为空，或取够 `total_num` 条。",
        "翻多深都不会变慢；券从不删除，先后不变，所以不会漏也不会重。",
        "`@quanku/sdk` 有逐页取完的方法；整店导出用 `npx quanku export --appid <appid>`。",
      ],
    },
    en: {
      means: "`page_size` is 200 at most.",
      causes: ["Everything was to come at once.", "`page_size` and `offset` changed places."],
      mend: [
        "Go through it by 200: `offset` 0, 200, 400 and so on, until `result_list` is empty or you have `total_num` of them.",
        "Deep pages cost no more than the first. Coupons are never removed and keep their order, so none is missed or comes twice.",
        "`@quanku/sdk` goes through pages for you; a whole shop comes from `npx quanku export --appid <appid>`.",
      ],
    },
  },
  990007: {
    looks: [
      "a required parameter is missing: page_size is required",
      "a required parameter is missing: coupon.coupon_info.discount_info.discount_num is required for type 101",
    ],
    zh: {
      means: "缺了必填的参数，`errmsg` 里有它的完整路径。",
      causes: [
        '少了外面一层：`add`、`update` 的请求体是 `{"coupon":{…}}`，`update_coupon_stock` 是 `{"coupon_stock":{…}}`。',
        "这种券要的字段没给：折扣类（1、3、101、103）要 `discount_num`，减钱类（2、4、102、104）要 `discount_fee`，各有自己的条件。",
        "时间区间只给了一头：`start_time`、`end_time` 要么都给，要么都不给。",
        "`redeem` 只给了一部分：`openid`、`lines`、`user_coupons` 要么全给，要么（先前 `lock` 过）全不给。",
        '值是 `null`、`""` 或 `[]`：都当作没给。',
      ],
      mend: ["按 `errmsg` 里的路径补上。", "每种券要什么，接口参考的开头有一张表。"],
    },
    en: {
      means: "A parameter that is required is not there; the `errmsg` has its whole path.",
      causes: [
        'The outer object is missing: the body of `add` and `update` is `{"coupon":{…}}`, that of `update_coupon_stock` is `{"coupon_stock":{…}}`.',
        "The type needs it: ratios (1, 3, 101, 103) need `discount_num`, amounts (2, 4, 102, 104) `discount_fee`, and each its condition.",
        "One end of an interval stands alone: give both of `start_time` and `end_time`, or neither.",
        "`redeem` was given some of `openid`, `lines` and `user_coupons`: give all of them or, after `lock`, none.",
        'Its value is `null`, `""` or `[]`, which count as absent.',
      ],
      mend: [
        "Add it at the path that the `errmsg` names.",
        "What each type of coupon needs is a table at the head of the reference of calls.",
      ],
    },
  },
  990008: {
    looks: [
      "a parameter is too long: out_coupon_id must have at most 128 characters",
      "a parameter is too long: coupon.coupon_info must take at most 65536 characters as JSON",
    ],
    zh: {
      means: "某个参数太长，`errmsg` 里有它的名字和上限。",
      causes: [
        "id 超过 128 个字符，券名超过 120 个字符，`out_product_ids` 超过 128 项，购物车超过 100 行。",
        "`coupon_info` 里塞了图片的 base64 或大段说明，整个超过 65536 个字符。",
      ],
      mend: [
        "按上限缩短。长的业务标识换成它的摘要或自增号。",
        "商品太多，就拆成几张券，或改用全店券（101–104）。",
        "图片和长文放到自己的库里，`coupon_info` 里只放一个编号。",
      ],
    },
    en: {
      means: "A parameter is too long; the `errmsg` names it and its limit.",
      causes: [
        "An id has more than 128 characters, a coupon's name more than 120, `out_product_ids` more than 128 entries, a cart more than 100 lines.",
        "`coupon_info` carries a picture in base64 or a long text, and is longer than 65536 characters in all.",
      ],
      mend: [
        "Shorten it. Put a digest or a number in the place of a long id.",
        "For more products make several coupons, or one for the whole shop (101–104).",
        "Keep pictures and texts in a store of yours, and their number in `coupon_info`.",
      ],
    },
  },
  990009: {
    looks: [
      "start later than end: coupon.coupon_info.receive_info.start_time must not be later than receive_info.end_time",
    ],
    zh: {
      means: "一个时间区间的开始晚于结束，`errmsg` 说是哪一个。",
      causes: [
        "`receive_info`（何时能领）或 `valid_info`（领后何时能用）的两头写反了。",
        "一头用了秒、一头用了毫秒除错了位数，或者时区差了 8 小时。",
      ],
      mend: [
        "两头都用 Unix 秒，`start_time` 不大于 `end_time`；区间包含两端。",
        "核对数字：`date -d @1795374270`（Linux）或 `date -r 1795374270`（macOS）。",
      ],
    },
    en: {
      means: "An interval begins after it ends; the `errmsg` says which one.",
      causes: [
        "The ends of `receive_info` (when it can be claimed) or of `valid_info` (when it can be used) changed places.",
        "One end was divided wrongly from milliseconds, or is eight hours off by its time zone.",
      ],
      mend: [
        "Give both as Unix seconds, `start_time` not after `end_time`. Both ends belong to the interval.",
        "See what a number means: `date -d @1795374270` on Linux, `date -r 1795374270` on macOS.",
      ],
    },
  },
} as const satisfies Record<number, Explained>;
