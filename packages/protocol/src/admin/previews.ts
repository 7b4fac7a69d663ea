import { z } from "zod";
import { count, fen, previewReasons } from "./scalars.ts";
import { words } from "./shapes.ts";

/** What is wrong with one field, in both languages. */
const fieldFault = z.object({
  field: z.string().describe("Its path, such as `coupon.coupon_info.name`."),
  detail: z.string().describe("What is wrong and what it may be, in English."),
  detail_zh: z.string().describe("The same in Chinese."),
});

/** What a coupon that is not added yet would come to. */
export const couponPreview = z.object({
  errors: z.array(fieldFault).describe("Every fault for which it could not be added as it is; empty: it could be."),
  words: words.nullable().describe("What it gives, in words; null where that cannot be told yet."),
  quote: z
    .object({
      total: fen("What the cart costs without it"),
      discount: fen("What it takes off"),
      payable: fen("What is paid"),
      lines: z
        .array(
          z.object({
            out_product_id: z.string().describe("The product."),
            price: fen("The price of one item"),
            quantity: count("How many items."),
            discount: fen("What it takes off the line"),
          }),
        )
        .describe("The lines, in the cart's order."),
      reason: z
        .object({
          code: z.enum(previewReasons).describe("Why, for programs."),
          words: z
            .object({ zh: z.string().describe("In Chinese."), en: z.string().describe("In English.") })
            .describe("Why, and what it would take."),
          items_more: count("How many more items it would take.").nullable(),
          spend_more: fen("How much more it would take").nullable(),
          out_product_ids: z
            .array(z.string())
            .nullable()
            .describe("The products of which one, or more, would have to be there; null: any."),
        })
        .nullable()
        .describe("Why it takes nothing off the cart; null: it does."),
    })
    .nullable()
    .describe(
      "What `quote` would answer for a person who has this one coupon; null without `lines`, or without `words`.",
    ),
});

const importedLines = (of: string) =>
  z
    .object({
      new: count("How many are not in the app yet."),
      changed: count("How many are other than in the app, and take their place."),
      unchanged: count("How many are as they are in the app."),
      refused: count("How many cannot be imported."),
    })
    .describe(of);

/** What an import does, or would do. */
export const importShown = z.object({
  dry_run: z.boolean().describe("Whether it is only what would be done."),
  lines: count("How many lines that are not empty were read, or of an import went in."),
  coupons: importedLines("Lines of coupons, each with its stock."),
  user_coupons: importedLines("Lines of user coupons."),
  unreadable: count("How many lines cannot be read."),
  stopped_at: z
    .int()
    .nullable()
    .describe(
      "The line at which an import ended because it is refused; those before it went in by 500. null: it came to its end.",
    ),
  faults: z
    .array(
      z.object({
        line: count("Which line, from 1."),
        detail: z.string().describe("Why, in English."),
        detail_zh: z.string().describe("The same in Chinese."),
      }),
    )
    .describe(
      "The first 100 lines that are refused or cannot be read; of an import that ended early, the one at which it did.",
    ),
});
