// biome-ignore lint/suspicious/noExplicitAny: columns have the types that the schemas declare
export type Row = any[];

export type Value = string | number | null;

/** What a column is to its row: by keys it is found, what is fixed is written once, as it is inserted. */
export type Role = "key" | "fixed" | "free";

/** A column and what is written to it; `places` knows what the record itself does not: where it belongs. */
export type Column<R, P, V = Value> = {
  name: string;
  role: Role;
  /** The property it holds, or holds a part of; none where it says what is no property. */
  property?: string;
  write(record: R, places: P): V;
};

/** Those columns of a table that are one thing to its rows. */
export const ofRole = <C extends { role: Role }>(role: Role, columns: readonly C[]): C[] =>
  columns.filter((column) => column.role === role);

/** Names of columns as `told`, with `between` between them. */
export const listed = (columns: readonly { name: string }[], between = ", ", told = (name: string) => name): string =>
  columns.map(({ name }) => told(name)).join(between);

/** How one property of a record stands in columns of its row; in one column as it is unless it says how. */
export type Field<T> = {
  columns: { name: string; role: Role; write?(value: T): Value }[];
  /** Reads it from its columns, which begin at `at`; `read` holds those properties that stand in columns as they are. */
  read?(row: Row, at: number, read: Readonly<Record<string, unknown>>): T;
  /** The table it is read from; its record's own unless given. Only what is in its own is written. */
  of?: string;
};

const column =
  (role: Role) =>
  <T extends Value>(name: string): Field<T> => ({ columns: [{ name, role }] });
export const key = column("key");
export const fixed = column("fixed");
export const free = column("free");

/** Yes or no, as 1 or 0. */
export const flag = (name: string): Field<boolean> => ({
  columns: [{ name, role: "free", write: Number }],
  read: (row, at) => row[at] === 1,
});

/** A value as JSON text. What `defaults` tells and the text lacks came after it was saved. */
export const json = <T extends object>(
  name: string,
  defaults?: (read: Readonly<Record<string, unknown>>) => NoInfer<Partial<T>>,
): Field<T> => ({
  columns: [{ name, role: "free", write: JSON.stringify }],
  read: defaults
    ? (row, at, read) => ({ ...defaults(read), ...JSON.parse(row[at]) })
    : (row, at) => JSON.parse(row[at]),
});

/** What no column holds, because it is the same for every record that is kept. */
export const always = <T>(value: T): Field<T> => ({ columns: [], read: () => value });

/** A property that is read from another table, which its record's rows are joined to. */
export const from = <T>(table: string, field: Field<T>): Field<T> => ({ ...field, of: table });

/** What is known of a record's rows beside the columns of its properties. */
type Nature<R, G extends keyof R> = {
  table: string;
  /** Whose it is: by the app or the coupon its rows are found first. `null`: a root, of which adapters know more. */
  owner: "app" | "coupon" | null;
  /** What its rows do not say, and whoever reads them knows already. */
  given: readonly G[];
  /** The column that holds, as JSON text, all properties that have none of their own. */
  rest?: string;
  /** Rows are removed, and a new one may come where one is, of the same key. */
  removable?: boolean;
};

/** The rows of a record, for both SQL adapters. */
export type Table<R, G extends keyof R = never> = Nature<R, G> & {
  /** What is written, without the columns that an adapter adds. */
  columns: readonly Column<R, unknown>[];
  /** What is selected, each column with its table's name before it. */
  selected: string;
  /** How many columns are selected: what is selected after them begins there. */
  width: number;
  /** Reads a record from a row whose selected columns begin at `at`. Rows are arrays: cheaper than objects on pages of 200. */
  read(row: Row, given: Pick<R, G>, at?: number): R;
};

/** What is declared of a record: each property that is not given, in the order of its columns. */
export const table =
  <R extends object, Rest extends keyof R = never>() =>
  <G extends keyof R>(
    nature: Nature<R, G>,
    fields: { [P in Exclude<keyof R, G | Rest>]-?: Field<R[P]> },
  ): Table<R, G> => {
    const declared = Object.entries<Field<unknown>>(fields);
    const own = declared.filter(([, { of }]) => of === undefined);
    const columns = own.flatMap(([property, field]) =>
      field.columns.map(
        ({ name, role, write }): Column<R, unknown> => ({
          name,
          role,
          property,
          write: write
            ? (record) => write(record[property as keyof R])
            : (record) => record[property as keyof R] as Value,
        }),
      ),
    );
    const selected = declared.flatMap(([, { of = nature.table, columns }]) =>
      columns.map(({ name }) => `${of}.${name}`),
    );
    const { rest } = nature;
    if (rest) {
      columns.push({ name: rest, role: "free", write: restWriter([...nature.given, ...Object.keys(fields)]) });
      selected.push(`${nature.table}.${rest}`);
    }
    return {
      ...nature,
      columns,
      selected: selected.join(", "),
      width: selected.length,
      read: reader(nature, declared),
    };
  };

/** Writes what has no column of its own. */
function restWriter(known: readonly PropertyKey[]): (record: object) => string {
  return (record) =>
    JSON.stringify(Object.fromEntries(Object.entries(record).filter(([name]) => !known.includes(name))));
}

function reader<R, G extends keyof R>(
  { given, rest }: Nature<R, G>,
  fields: readonly (readonly [string, Field<unknown>])[],
): Table<R, G>["read"] {
  let width = 0;
  const places = fields.map(([property, field]) => {
    const start = width;
    width += field.columns.length;
    return { property, start, read: field.read };
  });
  const plain = places.filter(({ read }) => read === undefined);
  const made = places.flatMap(({ read, ...place }) => (read ? { ...place, read } : []));
  return (row, known, at = 0) => {
    const record: Record<PropertyKey, unknown> = {};
    for (const name of given) record[name] = known[name];
    for (const { property, start } of plain) record[property] = row[at + start];
    for (const { property, start, read } of made) record[property] = read(row, at + start, record);
    return (rest ? Object.assign(record, JSON.parse(row[at + width])) : record) as R;
  };
}
