/** Claims by key: the name that the decoder's paths use, and the shape of the value. */
export type Fields = Readonly<Record<number, readonly [name: string, value: Shape]>>;

/** What an item is and what its parts are, for annotating; what decides is the decoder (spec §5, `writ.cddl`). */
export interface Shape {
  readonly note?: string;
  /** What an integer stands for. */
  readonly explain?: (value: number) => string | undefined;
  /** Whether the item is what `token.*` demands, by major type, argument and, in a byte string, content. */
  readonly fits?: (major: number, argument: number, content: Uint8Array) => boolean;
  /** Whether a byte string here gives power to whoever reads it. */
  readonly secret?: true;
  /** The elements of an array of fixed length, which may depend on the first of them. */
  readonly parts?: (first: unknown) => readonly Shape[];
  /** The elements of a list. */
  readonly each?: (index: number) => Shape;
  /** The entries of a map with integer keys. */
  readonly fields?: Fields;
  /** The values of a map with names. */
  readonly values?: Shape;
  /** What a byte string wraps. */
  readonly content?: Shape;
  /** Where the decoder's paths begin anew. */
  readonly path?: string;
}

/** An item without parts, with what it is. */
export const leaf = (note: string): Shape => ({ note });

/** An item of which its key or its list says enough. */
export const plain: Shape = {};

/** A list of items of one shape. */
export const list = (item: Shape, note?: string): Shape => ({ ...(note && { note }), each: () => item });

/** An array of fixed length. */
export const tuple = (note: string, ...parts: readonly Shape[]): Shape => ({ note, parts: () => parts });
