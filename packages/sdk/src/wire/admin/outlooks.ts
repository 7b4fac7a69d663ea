// Made from packages/protocol/src by `npm run docs`; do not edit.
import type {
  Words,
} from "./shapes.ts";

/** What a coupon that is not added yet would come to. */
export interface CouponPreview {
  /** Every fault for which it could not be added as it is; empty: it could be. */
  errors: FieldFaultInBoth[];
  /** What it gives, in words; null where that cannot be told yet. */
  words: Words | null;
  /** What `quote` would answer for a person who has this one coupon; null without `lines`, or without `words`. */
  quote: {
    /** What the cart costs without it, fen. */
    total: number;
    /** What it takes off, fen. */
    discount: number;
    /** What is paid, fen. */
    payable: number;
    /** The lines, in the cart's order. */
    lines: {
      /** The product. */
      out_product_id: string;
      /** The price of one item, fen. */
      price: number;
      /** How many items. */
      quantity: number;
      /** What it takes off the line, fen. */
      discount: number;
    }[];
    /** Why it takes nothing off the cart; null: it does. */
    reason: {
      /** Why, for programs. */
      code: "no_matching_product" | "below_threshold" | "gives_nothing";
      /** Why, and what it would take. */
      words: Words;
      /** How many more items it would take. */
      items_more: number | null;
      /** How much more it would take, fen. */
      spend_more: number | null;
      /** The products of which one, or more, would have to be there; null: any. */
      out_product_ids: string[] | null;
    } | null;
  } | null;
}

/** What is wrong with one field, in both languages. */
export interface FieldFaultInBoth {
  /** Its path, such as `coupon.coupon_info.name`. */
  field: string;
  /** What is wrong and what it may be, in English. */
  detail: string;
  /** The same in Chinese. */
  detail_zh: string;
}

/** How a server process does. */
export interface Health {
  /** Whether the store keeps writes now. */
  is_ready: boolean;
  /** What hinders it; null: nothing does. */
  why: string | null;
  /** The version of Quanku. */
  version: string;
  /** The version of Node.js. */
  node: string;
  /** What the data is kept in. */
  store: "sqlite" | "postgres" | "memory";
  /** When this process began, Unix seconds. */
  start_time: number;
  /** For how many seconds it has run. */
  uptime: number;
  /** How many apps there are that you may read. */
  apps: number;
  /** What the process has to do, of all apps together: for owners; null for others. */
  load: {
    /** What memory the process takes, bytes. */
    memory: {
      /** All of it. */
      resident: number;
      /** What objects take of the heap. */
      heap_used: number;
      /** What the heap takes. */
      heap_total: number;
    };
    /** How many calls are not answered yet, this one with them. */
    calls_under_way: number;
    /** How many changes wait for the next commit. */
    commands_waiting: number;
    /** Connections to the database; null: the store needs none. */
    connections: {
      /** How many are in use. */
      in_use: number;
      /** How many are open and idle. */
      idle: number;
      /** How much work waits for one. */
      waiting: number;
    } | null;
    /** The wire's calls that were made, by path. Times are estimated as Prometheus estimates them of histograms. */
    calls: {
      /** The call's path; `unknown`: a path that nobody serves. */
      path: string;
      /** How many were answered. */
      count: number;
      /** Those that were answered another errcode than 0, the most frequent first. */
      failures: {
        /** The code. */
        errcode: number;
        /** How many were answered it. */
        count: number;
      }[];
      /** What half of them took at most, milliseconds; null: there was none. */
      p50: number | null;
      /** What 99 of 100 of them took at most, milliseconds; null: there was none. */
      p99: number | null;
    }[];
    /** Commits, and how many changes shared one. */
    commits: {
      /** How many there were. */
      count: number;
      /** How many changes they held. */
      commands: number;
      /** How many changes half of them held at most; null: there was none. */
      p50: number | null;
      /** How many changes 99 of 100 of them held at most; null: there was none. */
      p99: number | null;
    };
    /** How many claims were decided, by what became of them. */
    claims: Record<string, number>;
    /** How often merchants were asked, by verdict. */
    callbacks: Record<string, number>;
  } | null;
}

/** What an import does, or would do. */
export interface Import {
  /** Whether it is only what would be done. */
  dry_run: boolean;
  /** How many lines that are not empty were read, or of an import went in. */
  lines: number;
  /** Lines of coupons, each with its stock. */
  coupons: {
    /** How many are not in the app yet. */
    new: number;
    /** How many are other than in the app, and take their place. */
    changed: number;
    /** How many are as they are in the app. */
    unchanged: number;
    /** How many cannot be imported. */
    refused: number;
  };
  /** Lines of user coupons. */
  user_coupons: {
    /** How many are not in the app yet. */
    new: number;
    /** How many are other than in the app, and take their place. */
    changed: number;
    /** How many are as they are in the app. */
    unchanged: number;
    /** How many cannot be imported. */
    refused: number;
  };
  /** How many lines cannot be read. */
  unreadable: number;
  /**
   * The line at which an import ended because it is refused; those before it went in by 500. null: it came to its end.
   */
  stopped_at: number | null;
  /** The first 100 lines that are refused or cannot be read; of an import that ended early, the one at which it did. */
  faults: {
    /** Which line, from 1. */
    line: number;
    /** Why, in English. */
    detail: string;
    /** The same in Chinese. */
    detail_zh: string;
  }[];
}
