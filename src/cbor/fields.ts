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
  let absent: Field | undefined;
  let at = 0;
  // What is missing below a key is passed over, and told at the end.
  const skipTo = (key: number) => {
    for (; at < fields.length && (fields[at] as Field).key < key; at++) {
      if (fields[at]?.required) absent ??= fields[at];
    }
  };
  for (const [key, item] of expectMap(value, path)) {
    skipTo(key as number);
    const field = fields[at++];
    if (field?.key !== key) return refuse('claim.unknown', path);
    record[field.name] = field.parse(item, `${path}, ${field.name}`);
  }
  skipTo(Number.POSITIVE_INFINITY);
  return absent ? missing(path, absent.name) : record;
}

/** Refuses a map that lacks a required entry (`claim.missing`). */
export function missing(path: string, name: string): never {
  refuse('claim.missing', `${path}, ${name}`);
}
