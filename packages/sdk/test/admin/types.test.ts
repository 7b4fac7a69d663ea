import type { RouteInput, RouteName, RouteReply, Routes } from "@quanku/protocol/admin";
import { describe, expectTypeOf, it } from "vitest";
import type { z } from "zod";
import type { AdminInputs, AdminReplies } from "../../src/wire/admin/maps.ts";
import type { AdminCallName } from "../../src/wire/admin/table.ts";
import type { Plain } from "../plain.ts";

/** What a call is given. A coupon is sent otherwise than it is read: what has a default may be left out. */
type Given<N extends RouteName> = Routes[N] extends { body: z.ZodObject<{ coupon: infer C extends z.ZodType }> }
  ? Omit<RouteInput<N>, "coupon"> & { coupon: Plain<z.input<C>> }
  : RouteInput<N>;

type Nothing = Record<string, never>;
/** Whether either type can stand for the other. */
type Agreed<Ours, Theirs> = [Ours] extends [Theirs] ? ([Theirs] extends [Ours] ? true : false) : false;
type AllAgreed = { [N in RouteName]: true };

describe("types made from the operators' table", () => {
  it("have every call", () => {
    expectTypeOf<AdminCallName>().toEqualTypeOf<RouteName>();
  });

  it("of what is given, and the schemas' own, can stand for each other", () => {
    type Inputs = { [N in RouteName]: [keyof Given<N>] extends [never] ? Nothing : Given<N> };
    expectTypeOf<{ [N in RouteName]: Agreed<AdminInputs[N], Inputs[N]> }>().toEqualTypeOf<AllAgreed>();
  });

  it("of what is answered, and the schemas' own, can stand for each other", () => {
    type Replies = { [N in RouteName]: [RouteReply<N>] extends [never] ? Nothing : RouteReply<N> };
    // biome-ignore lint/suspicious/noConfusingVoidType: it is what a method that answers nothing promises
    type Answers = { [N in RouteName]: [AdminReplies[N]] extends [void] ? Nothing : AdminReplies[N] };
    expectTypeOf<{ [N in RouteName]: Agreed<Answers[N], Replies[N]> }>().toEqualTypeOf<AllAgreed>();
  });
});
