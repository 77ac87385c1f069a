import type { Awaitable, Party } from './peer.ts';

/** What is held after each of so many blocks. */
export async function chainOf<Held, Sent>(
  party: Party<Held, Sent>,
  blocks: number,
  named: boolean,
): Promise<Held[]> {
  const held: Held[] = [await party.mint(named)];
  for (let at = 1; at < blocks; at++) held.push(await party.attenuate(held[at - 1] as Held, at, named));
  return held;
}

/** So many things, made one after another: keys are not made faster side by side. */
export async function repeat<T>(count: number, make: () => Awaitable<T>): Promise<T[]> {
  const all: T[] = [];
  while (all.length < count) all.push(await make());
  return all;
}
