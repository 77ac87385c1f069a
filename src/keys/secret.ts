/**
 * Secret bytes in a private field, so that logging, inspecting or serialising their holder shows nothing of them.
 *
 * @example
 * JSON.stringify({ seed: new Secret(bytes) }) // '{"seed":{}}'
 */
export class Secret {
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = Uint8Array.from(bytes);
  }

  /** The bytes themselves; whoever calls this must not print them. */
  expose(): Uint8Array {
    return this.#bytes;
  }
}
