import { Skeleton } from "antd";
import { type ReactNode, useEffect } from "react";
import { useAppid } from "../data/session.ts";
import { Fault } from "./fault.tsx";

/** Names the browser's tab after what it shows. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Quanku 券库`;
  }, [title]);
}

/** A page: its title, what can be done on it, and what it shows. */
export function Page({
  title,
  about,
  actions,
  children,
}: {
  title: string;
  about?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const appid = useAppid();
  useTitle(appid === "" ? title : `${title} · ${appid}`);
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{title}</h1>
          {about !== undefined && <p className="aside">{about}</p>}
        </div>
        {actions !== undefined && <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** A part of a page with a heading of its own. */
export function Section({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className="section">
      <div className="section-head">
        <h2>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

/** What was read once it is there; until then its place, and a failure in it if there was one. */
export function Loaded<Data>({
  of: { data, error, refetch },
  children,
  rows = 4,
}: {
  of: { data: Data | undefined; error: unknown; refetch(): unknown };
  children: (data: Data) => ReactNode;
  rows?: number;
}) {
  if (data !== undefined) return children(data);
  if (error) return <Fault error={error} again={() => void refetch()} />;
  return <Skeleton active title={false} paragraph={{ rows }} />;
}
