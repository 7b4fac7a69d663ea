import { createContext, useContext } from "react";
import type { TermName, Terms } from "../../parts/coupon-terms.ts";

/** What every question of the wizard knows: what was filled in, how it changes, and what is wrong with it. */
export type CouponForm = {
  form: Terms;
  change(changed: Partial<Terms>): void;
  /** What is wrong with a field, in the language that is shown; only of fields that somebody was at. */
  faults: Readonly<Partial<Record<TermName, string>>>;
  /** Somebody was at a field and left it. */
  leave(name: TermName): void;
  /** Whether the server has it as a draft, and its id stays. */
  isSaved: boolean;
};

const FormContext = createContext<CouponForm | undefined>(undefined);
export const FormProvider = FormContext.Provider;

/** The coupon that is being filled in. */
export function useForm(): CouponForm {
  const form = useContext(FormContext);
  if (!form) throw new Error("a question outside of the wizard");
  return form;
}

/** The id of the control in which a field is filled in. */
export const controlOf = (name: TermName): string => `field-${name}`;
