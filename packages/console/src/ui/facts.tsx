import type { ReactNode } from "react";

/** Something that is known: its name, and what it is. */
export type Fact = { name: string; value: ReactNode };

/** What is known of something, name by name. `title` tells more of all of it. */
export function Facts({ facts, title }: { facts: readonly Fact[]; title?: string }) {
  return (
    <dl className="facts" title={title}>
      {facts.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="numbers">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A number that is counted, as it is said, and what is said beside it. */
export type Figure = { name: string; value: string; aside?: string | undefined };

/** Numbers that are looked at first, each in a sheet of its own. */
export function Figures({ figures }: { figures: readonly Figure[] }) {
  return (
    <dl className="figures">
      {figures.map(({ name, value, aside }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <strong>{value}</strong> {aside && <span className="aside">{aside}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
