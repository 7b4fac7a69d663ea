import type { ReactNode } from "react";
import { useTitle } from "./page.tsx";

/** What stands in the place of a page that cannot be shown: why, and what to do. */
export function Notice({
  title,
  about,
  children,
}: {
  title: string;
  about?: string | undefined;
  children?: ReactNode;
}) {
  useTitle(title);
  return (
    <div className="notice">
      <h1>{title}</h1>
      {about !== undefined && <p className="aside">{about}</p>}
      {children}
    </div>
  );
}
