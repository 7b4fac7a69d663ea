import type { ReactNode } from "react";

/** Something that is known: its name, and what it is. */
export type Fact = { name: string; value: ReactNode };

/** What is known of something, name by name. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="facts">
      {facts.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="numbers">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
