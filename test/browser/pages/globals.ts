type Globals = Map<string, readonly unknown[]>;

/** Every property of the window, of what hangs on it, and of the prototypes there, by its path. */
function takeGlobals(): Globals {
  const found: Globals = new Map();
  const visit = (owner: object, path: string, depth: number): void => {
    for (const key of Reflect.ownKeys(owner)) {
      const own = Object.getOwnPropertyDescriptor(owner, key);
      const at = `${path}.${String(key)}`;
      found.set(at, [own?.value, own?.get, own?.set]);
      if (depth < 3 && own?.value instanceof Object && own.value !== globalThis)
        visit(own.value, at, depth + 1);
    }
  };
  visit(globalThis, 'globalThis', 1);
  return found;
}

/** The paths at which something was added, changed or taken away. */
function compare(before: Globals, after: Globals): string[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  const same = (path: string) =>
    [0, 1, 2].every((i) => Object.is(before.get(path)?.[i], after.get(path)?.[i]));
  return paths.filter((path) => before.has(path) !== after.has(path) || !same(path));
}

const before = takeGlobals();
await import('../../../src/entry/verify.ts');
await import('../../../src/entry/keys.ts');
const { mintStory, readStory } = await import('../story.ts');
readStory(mintStory('ed25519'));
const after = takeGlobals();

// To see that a patch is noticed.
Object.assign(Array.prototype, { patched: true });

/** What loading and using the package changed, and what a patch did. */
export const result: unknown = {
  changed: compare(before, after),
  patched: compare(after, takeGlobals()),
};
