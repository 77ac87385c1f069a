/** Times, of which the least can be taken away: a binary heap, where a million cost twenty comparisons each. */
export class Times {
  readonly #heap: number[] = [];

  /** The least, or infinity where there is none. */
  get first(): number {
    return this.#heap[0] ?? Number.POSITIVE_INFINITY;
  }

  add(time: number): void {
    let at = this.#heap.length;
    while (at > 0 && this.#at((at - 1) >> 1) > time) {
      this.#heap[at] = this.#at((at - 1) >> 1);
      at = (at - 1) >> 1;
    }
    this.#heap[at] = time;
  }

  /** Takes the least away. */
  shift(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const child = this.#at(left + 1) < this.#at(left) ? left + 1 : left;
      if (this.#at(child) >= last) break;
      this.#heap[at] = this.#at(child);
      at = child;
    }
    this.#heap[at] = last;
  }

  #at(i: number): number {
    return this.#heap[i] ?? Number.POSITIVE_INFINITY;
  }
}
