import { elementRole, isSet, memberRole, type Role } from './roles.ts';
import { type Node, type Pair, write } from './tree.ts';

/** A place in a tree: what stands there, and the whole tree with something else in its place. */
export interface Site {
  readonly node: Node;
  readonly role: Role;
  with(other: Node): Node;
}

/** All places of a tree, its root first. */
export function* sitesOf(
  node: Node,
  role: Role,
  put: (other: Node) => Node = (other) => other,
): Generator<Site> {
  yield { node, role, with: put };
  if (node.is === 'list') {
    for (const [i, item] of node.items.entries()) {
      const here = (other: Node) => put({ ...node, items: node.items.with(i, other) });
      yield* sitesOf(item, elementRole(role, i), here);
    }
  }
  if (node.is === 'map') {
    for (const [i, [key, value]] of node.pairs.entries()) {
      const here = (other: Node) => put({ ...node, pairs: node.pairs.with(i, [key, other]) });
      yield* sitesOf(value, memberRole(role, key), here);
    }
  }
}

/** A tree with its maps and sets in order again, and without repetitions in sets. */
export function sorted(node: Node, role: Role): Node {
  if (node.is === 'map') {
    const pairs = node.pairs.map(([key, value]): Pair => [key, sorted(value, memberRole(role, key))]);
    return { ...node, pairs: inOrder(pairs, ([key]) => key) };
  }
  if (node.is !== 'list') return node;
  const items = node.items.map((item, i) => sorted(item, elementRole(role, i)));
  if (!isSet(role)) return { ...node, items };
  const ordered = inOrder(items, (item) => item);
  return {
    ...node,
    items: ordered.filter((item, i) => i === 0 || compare(item, ordered[i - 1] as Node) !== 0),
  };
}

function inOrder<T>(all: readonly T[], by: (one: T) => Node): T[] {
  return all.toSorted((a, b) => compare(by(a), by(b)));
}

function compare(a: Node, b: Node): number {
  return Buffer.compare(write(a), write(b));
}
