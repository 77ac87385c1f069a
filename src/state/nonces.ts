import { randomBytes } from '../crypto/random.ts';

const LENGTH = 48;
const KIND = 'o'.charCodeAt(0);
const NONE = -1;

/**
 * The rows of nonces, each a key of 49 characters (spec §9.6.2, behind the letter of its kind) and a time: a hash table
 * in flat memory, of 68 bytes a row. As texts in a map they would take twice as much, and be most of what the
 * engine's collector has to do.
 */
export class Nonces {
  // Holders choose their nonces, and must not know which of them fall together.
  readonly #factors = new Uint32Array(randomBytes(4 * LENGTH).buffer);
  #bytes = new Uint8Array(0);
  #until = new Float64Array(0);
  // Each slot names the one behind it in its bucket, or among those that are free.
  #first = new Int32Array(0);
  #next = new Int32Array(0);
  #free = NONE;
  #size = 0;

  /** Whether a key is one of these. */
  static has(key: string): boolean {
    return key.length === 1 + LENGTH && key.charCodeAt(0) === KIND;
  }

  get size(): number {
    return this.#size;
  }

  get(key: string): number | undefined {
    const slot = this.#find(key);
    return slot === NONE ? undefined : this.#until[slot];
  }

  /** Adds a key, or gives it another time. @returns its slot, for as long as it is here */
  set(key: string, until: number): number {
    let slot = this.#find(key);
    if (slot === NONE) {
      if (this.#free === NONE) this.#grow();
      slot = this.#free;
      this.#free = this.#next[slot] as number;
      for (let i = 0; i < LENGTH; i++) this.#bytes[slot * LENGTH + i] = key.charCodeAt(i + 1);
      this.#link(slot, key);
      this.#size++;
    }
    this.#until[slot] = until;
    return slot;
  }

  delete(key: string): void {
    const slot = this.#find(key);
    if (slot === NONE) return;
    const bucket = this.#bucketOf(key);
    const next = this.#next[slot] as number;
    let before = this.#first[bucket] as number;
    if (before === slot) this.#first[bucket] = next;
    else {
      while (this.#next[before] !== slot) before = this.#next[before] as number;
      this.#next[before] = next;
    }
    this.#next[slot] = this.#free;
    this.#free = slot;
    this.#size--;
  }

  /** The key in a slot, or the last that was. */
  keyAt(slot: number): string {
    const bytes = this.#bytes.subarray(slot * LENGTH, (slot + 1) * LENGTH);
    return `o${String.fromCharCode.apply(null, bytes as unknown as number[])}`;
  }

  *keys(): Generator<string> {
    for (const first of this.#first)
      for (let slot = first; slot !== NONE; slot = this.#next[slot] as number) yield this.keyAt(slot);
  }

  #find(key: string): number {
    let slot = this.#first[this.#bucketOf(key)] ?? NONE;
    while (slot !== NONE && !this.#isAt(slot, key)) slot = this.#next[slot] as number;
    return slot;
  }

  #isAt(slot: number, key: string): boolean {
    for (let i = 0; i < LENGTH; i++)
      if (this.#bytes[slot * LENGTH + i] !== key.charCodeAt(i + 1)) return false;
    return true;
  }

  // Of two keys that differ, no more fall together than of numbers drawn by lot: the upper bits of a sum with secret factors.
  #bucketOf(key: string): number {
    let sum = 0;
    for (let i = 0; i < LENGTH; i++)
      sum = (sum + Math.imul(this.#factors[i] as number, key.charCodeAt(i + 1))) | 0;
    return sum >>> Math.clz32(this.#first.length - 1);
  }

  #link(slot: number, key: string): void {
    const bucket = this.#bucketOf(key);
    this.#next[slot] = this.#first[bucket] as number;
    this.#first[bucket] = slot;
  }

  // To twice as many slots, where all are taken; those that are keep their numbers.
  #grow(): void {
    const before = this.#until.length;
    const size = Math.max(256, 2 * before);
    const [bytes, until] = [new Uint8Array(size * LENGTH), new Float64Array(size)];
    bytes.set(this.#bytes);
    until.set(this.#until);
    this.#bytes = bytes;
    this.#until = until;
    this.#first = new Int32Array(size).fill(NONE);
    this.#next = new Int32Array(size);
    for (let slot = 0; slot < before; slot++) this.#link(slot, this.keyAt(slot));
    for (let slot = before; slot < size; slot++) this.#next[slot] = slot + 1 < size ? slot + 1 : NONE;
    this.#free = before;
  }
}
