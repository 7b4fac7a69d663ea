import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type File, files, type Operation } from "./operations.ts";

/** A number from 0 up to, not including, 1. */
export type Chance = () => number;

/** What a disk may have kept of what was not synced when the power went. */
export const keepings = ["nothing", "everything", "the first", "some pages", "some sectors"] as const;
export type Keeping = (typeof keepings)[number];

/** What a disk writes whole: SQLite relies on no more than that a sector is old or new, or anything in between elsewhere. */
const [SECTOR, PAGE] = [512, 4096];

type OnFile = Extract<Operation, { do: "write" | "truncate" }>;
type Pending<T> = { operation: T; index: number };

/**
 * A disk with the files of a database. What was not synced it holds back, and writes in any order and in part, whatever
 * came first: also a removal or the name of a new file.
 */
export class Disk {
  readonly #images = new Map<File, Buffer>();
  readonly #named = new Set<File>();
  #pending: Pending<OnFile>[] = [];
  #removed: Pending<File>[] = [];
  #created: Pending<File>[] = [];
  #count = 0;
  #begun = 0;

  constructor(contents: ReadonlyMap<File, Buffer>) {
    for (const [file, bytes] of contents) {
      this.#images.set(file, Buffer.from(bytes));
      this.#named.add(file);
    }
  }

  /** How many writes and truncations it may have lost. */
  get unsynced(): number {
    return this.#pending.length;
  }

  /** From now on, operations are those of another record. */
  begin(): void {
    this.#begun = this.#count;
  }

  do(operation: Operation): void {
    const index = this.#count++;
    if (operation.do === "sync") this.#sync(operation.file, this.#begun + operation.before);
    else if (operation.do === "remove") this.#removed.push({ operation: operation.file, index });
    else if (operation.do !== "tell") {
      const { file } = operation;
      if (!this.#named.has(file) && !this.#created.some(({ operation: name }) => name === file))
        this.#created.push({ operation: file, index });
      this.#pending.push({ operation, index });
    }
  }

  /** Leaves in a directory what the disk holds if the power goes now; answers that. */
  lose(directory: string, keeping: Keeping, chance: Chance): Map<File, Buffer> {
    const kept = keeper(keeping, this.#pending.length, chance);
    const isKept = () => keeping === "everything" || (keeping !== "nothing" && chance() < 0.5);
    const left = new Map<File, Buffer>();
    for (const file of files) {
      const isThere = this.#named.has(file) || (this.#created.some(({ operation }) => operation === file) && isKept());
      const isRemoved = this.#removed.some(({ operation }) => operation === file) && isKept();
      const image = { bytes: Buffer.from(this.#images.get(file) ?? []) };
      for (const [nth, { operation }] of this.#pending.entries())
        if (operation.file === file) for (const piece of kept(operation, nth)) apply(image, piece);
      if (isThere && !isRemoved) left.set(file, image.bytes);
    }
    for (const name of readdirSync(directory)) rmSync(join(directory, name));
    for (const [file, bytes] of left) writeFileSync(join(directory, file), bytes);
    return left;
  }

  #sync(of: File | "directory", before: number): void {
    const isDone = ({ index }: { index: number }) => index < before;
    if (of === "directory") {
      for (const { operation: file } of this.#created.filter(isDone)) this.#named.add(file);
      for (const { operation: file } of this.#removed.filter(isDone)) this.#forget(file);
      this.#created = this.#created.filter((one) => !isDone(one));
      this.#removed = this.#removed.filter((one) => !isDone(one));
      return;
    }
    const isSynced = (one: Pending<OnFile>) => one.operation.file === of && isDone(one);
    const image = { bytes: this.#images.get(of) ?? Buffer.alloc(0) };
    for (const one of this.#pending) if (isSynced(one)) apply(image, one.operation);
    this.#images.set(of, image.bytes);
    this.#pending = this.#pending.filter((one) => !isSynced(one));
  }

  #forget(file: File): void {
    this.#images.delete(file);
    this.#named.delete(file);
    this.#pending = this.#pending.filter(({ operation }) => operation.file !== file);
  }
}

/** The pieces that are kept of an operation, which is the nth of so many. */
function keeper(keeping: Keeping, all: number, chance: Chance): (operation: OnFile, nth: number) => OnFile[] {
  if (keeping === "nothing") return () => [];
  if (keeping === "everything") return (operation) => [operation];
  if (keeping === "the first") {
    const last = Math.floor(chance() * all);
    const torn = (operation: OnFile) => {
      const pieces = piecesOf(operation, SECTOR);
      return pieces.slice(0, Math.floor(chance() * pieces.length));
    };
    return (operation, nth) => (nth < last ? [operation] : nth === last ? torn(operation) : []);
  }
  const share = [0.1, 0.5, 0.9][Math.floor(chance() * 3)] as number;
  const size = keeping === "some pages" ? PAGE : SECTOR;
  return (operation) => piecesOf(operation, size).filter(() => chance() < share);
}

/** A write, cut where a disk may tear it. */
function piecesOf(operation: OnFile, size: number): OnFile[] {
  if (operation.do === "truncate") return [operation];
  const { at, bytes } = operation;
  const pieces: OnFile[] = [];
  for (let from = at; from < at + bytes.length; ) {
    const to = Math.min(from - (from % size) + size, at + bytes.length);
    pieces.push({ ...operation, at: from, bytes: bytes.subarray(from - at, to - at) });
    from = to;
  }
  return pieces;
}

/** Does something to a file's content, which grows with zeros where it must. */
function apply(image: { bytes: Buffer }, operation: OnFile): void {
  const size =
    operation.do === "truncate" ? operation.size : Math.max(image.bytes.length, operation.at + operation.bytes.length);
  if (size > image.bytes.length) image.bytes = Buffer.concat([image.bytes], size);
  if (operation.do === "truncate") image.bytes = image.bytes.subarray(0, size);
  else image.bytes.set(operation.bytes, operation.at);
}
