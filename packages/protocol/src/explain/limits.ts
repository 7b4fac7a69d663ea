import type { Explained } from "./explanation.ts";

/** Codes that say that it is too much, too often or too soon. */
export const ofLimits = {
  45011: {
    looks: ["api minute-quota reach limit, must slower, retry next minute: 6000 claims a minute; the next in 42 s"],
    zh: {
      means:
        "这个应用一分钟内的领券次数到了它自己设的上限（`--claims-per-minute`）。没有券发出去，`errmsg` 说了还要等几秒。",
      causes: [
        "活动开始的一瞬间，流量超过了预设。",
        "客户端失败后立刻在循环里重试，把额度用光。",
        "上限是按进程数的：单进程时比多进程时更早碰到。",
      ],
      mend: [
        "按 `errmsg` 里的秒数等一等，用同一个 `request_id` 再来。",
        "上限设低了就调高，一秒内生效：`npx quanku app set <appid> --claims-per-minute 60000`；`none` 表示不限。",
      ],
    },
    en: {
      means:
        "The app's claims of this minute reached the limit that it was given (`--claims-per-minute`). No coupon was given; the `errmsg` says in how many seconds the next claim passes.",
      causes: [
        "More people came at the start of a campaign than was planned for.",
        "A client tries again at once, in a loop, and uses up the minute by itself.",
        "The limit holds for each process: one process meets it sooner than several do.",
      ],
      mend: [
        "Wait as many seconds as the `errmsg` says and come again with the same `request_id`.",
        "If the limit is too low, raise it; it counts within a second: `npx quanku app set <appid> --claims-per-minute 60000`, or `none`.",
      ],
    },
  },
  300000: {
    looks: ["too many at once: 256 claims wait for the callback; retry"],
    zh: {
      means: "这个应用已有 256 个领券请求在等商家的回调，再来的马上退回，免得越等越久。没有占用库存。",
      causes: ["回调变慢了：每个请求要等满 2.5 秒，256 个位置很快占满。", "回调程序是单线程的，一次只处理一个请求。"],
      mend: [
        "`npx quanku callbacks <appid> --limit 20` 看每次用了多少毫秒。",
        "让回调先写库、再异步做别的，目标是几十毫秒内答复。",
        "客户端退避重试，`request_id` 不变，不会领到两张。",
      ],
    },
    en: {
      means:
        "256 claims of the app wait for the merchant's callback already. More are turned away at once, so that nobody waits ever longer. Nothing of the stock is held for them.",
      causes: [
        "The callback has become slow: where each takes all of 2.5 seconds, 256 places are soon taken.",
        "The program that receives it does one request at a time.",
      ],
      mend: [
        "`npx quanku callbacks <appid> --limit 20` shows how many milliseconds each took.",
        "Let the callback write its decision down and do the rest later; aim at some tens of milliseconds.",
        "Clients back off and repeat with the same `request_id`; nobody gets two coupons by that.",
      ],
    },
  },
  990010: {
    looks: ["busy, retry", "busy, retry: too many calls are under way", "busy, retry: the body did not come in time"],
    zh: {
      means: "服务器这会儿接不下来：数据库暂时不可用或太慢，或者在途的请求太多。与其让人久等，不如马上说。",
      causes: [
        "数据库正在重启、主备切换，或磁盘卡住；SQLite 则可能是别的进程占着写锁。",
        "流量超过了这个进程的能力。",
        "`body did not come in time`：客户端声明了请求体，却迟迟不发完。",
        "订单接口里，同一个人的券正好被另一单改动（`the order changed meanwhile`）。",
      ],
      mend: [
        "退避后重发同样的请求：券、订单、领券都按 id 认得重复，重发是安全的。",
        "一直如此就看 `/readyz`，它会说出原因；`/metrics` 里的 `quanku_queue_commands`、`quanku_database_waiting` 说明卡在哪里。",
        "一个进程不够，就用 PostgreSQL 跑多个。",
      ],
    },
    en: {
      means:
        "The server cannot take it now: the database is away or slow, or too many calls are under way. You are told at once instead of being left to wait.",
      causes: [
        "The database restarts, fails over or has a stuck disk; on SQLite another process may hold the write lock.",
        "More comes than this process can do.",
        "`the body did not come in time`: the client announced a body and does not finish sending it.",
        "Of orders: another order changed the same person's coupons meanwhile (`the order changed meanwhile`).",
      ],
      mend: [
        "Back off and send the same request again. Coupons, orders and claims know a repeat by its ids, so that is safe.",
        "If it stays, `/readyz` says why, and `quanku_queue_commands` and `quanku_database_waiting` of `/metrics` where it is stuck.",
        "Where one process is not enough, run several on PostgreSQL.",
      ],
    },
  },
  1090031: {
    looks: [
      "请求限频: 3 claims a minute of one openid; the next in 60 s",
      '请求限频: the callback declined: ret_code 1090031: "慢一点"',
    ],
    zh: {
      means:
        "同一个人一分钟内领得太勤（`--claims-per-minute-of-person`），或者商家的回调答了 `ret_code` 1090031，请人慢一点。",
      causes: [
        "按钮没有防抖，一点就是好几个请求，而且每个 `request_id` 都不同。",
        "脚本在抢券。",
        "压测、联调时用的总是同一个 openid。",
        "是商家自己限的频：`errmsg` 里有 `the callback declined`。",
      ],
      mend: [
        "前端点一次只生成一个 `request_id`，重试沿用它：已经发出的领券再问一次，不计入限频。",
        "按 `errmsg` 里的秒数等待，至多 60 秒。",
        "调限额：`npx quanku app set <appid> --claims-per-minute-of-person 10`。联调时换不同的 openid。",
      ],
    },
    en: {
      means:
        "One person claims too often in a minute (`--claims-per-minute-of-person`), or the merchant's callback answered `ret_code` 1090031, slow down.",
      causes: [
        "The button sends several requests for one tap, each with another `request_id`.",
        "A script claims.",
        "Tests always use the same openid.",
        "It is the merchant's own limit: the `errmsg` says `the callback declined`.",
      ],
      mend: [
        "Make one `request_id` for a tap and keep it for repeats: asking again about a claim that was granted is not counted.",
        "Wait as many seconds as the `errmsg` says, 60 at most.",
        "Change the limit: `npx quanku app set <appid> --claims-per-minute-of-person 10`. In tests take other openids.",
      ],
    },
  },
} as const satisfies Record<number, Explained>;
