import { Link, type LinkProps, useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useAppid } from "../data/session.ts";
import { addressesOf, type Search } from "./addresses.ts";

type Led = Pick<LinkProps, "hash" | "replace" | "resetScroll" | "activeOptions"> & {
  /** One of {@link addressesOf}, or `.` for the page that is shown. */
  to: string;
  search?: Search;
  className?: string;
  "aria-current"?: "page" | undefined;
  onClick?: () => void;
  children: ReactNode;
};

/** A link to a page of the console. */
export const PageLink = (led: Led) => <Link {...led} />;

/** What goes to a page of the console, given its address; done once that is shown, or another that was gone to meanwhile. */
export function useGo(): (to: string, search?: Search) => Promise<void> {
  const navigate = useNavigate();
  return (to, search) => navigate({ to, search });
}

/** The addresses of the app that is shown. */
export const useAddresses = () => addressesOf(useAppid());
