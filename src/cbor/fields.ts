import { refuse } from '../errors.ts';
import { expectMap } from './expect.ts';
import type { CborValue } from './value.ts';

/** An entry that a map may have. */
export interface Field {
  readonly key: number;
  /** The name in the model. */
  readonly name: string;
  readonly parse: (value: CborValue, path: string) => unknown;
  readonly required: boolean;
}

/** An entry of a map; required unless said otherwise. */
export const field = (key: number, name: string, parse: Field['parse'], required = true): Field => ({
  key,
  name,
  parse,
  required,
});

/** Entries in the order that a map has them, as {@link readFields} needs them. */
export const inOrder = (...fields: readonly Field[]): Field[] => [...fields].sort((a, b) => a.key - b.key);

/**
 * Reads a map of known entries into an object, by their names.
 *
 * @param fields in order
 * @throws DecodeError `claim.unknown`, `claim.missing`, and what the entries refuse
 */
export function readFields(
  value: CborValue,
  path: string,
  fields: readonly Field[],
): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  const entries = expectMap(value, path).entries();
  let entry = entries.next().value;
  let absent: string | undefined;
  for (const { key, name, parse, required } of fields) {
    if (entry?.[0] === key) {
      record[name] = parse(entry[1], `${path}, ${name}`);
      entry = entries.next().value;
    } else if (required) absent ??= name;
  }
  // An entry that no field takes stays the current one, and those behind it are not read.
  if (entry) refuse('claim.unknown', path);
  return absent ? missing(path, absent) : record;
}

/** Refuses a map that lacks a required entry (`claim.missing`). */
export function missing(path: string, name: string): never {
  refuse('claim.missing', `${path}, ${name}`);
}
