import { delegateAt, NOW, restrictionAt } from '../compare/scenario.ts';

/**
 * The caveats of the block at a place, as text: the form of a macaroon leaves it to its user.
 *
 * @param {number} at
 * @param {boolean} named
 */
export function conditionsAt(at, named) {
  const { exp, actions, prefix } = restrictionAt(at);
  const delegate = named ? [`delegate = ${delegateAt(at)}`] : [];
  return [`time < ${exp}`, `action in ${actions.join(',')}`, `resource ^ ${prefix}`, ...delegate];
}

/**
 * Whether a request satisfies a caveat; one that is not known is not satisfied.
 *
 * @param {string} condition
 * @param {import('../compare/scenario.ts').Asked} asked
 */
export function satisfies(condition, { action, resource }) {
  const [about, , value = ''] = condition.split(' ');
  if (about === 'time') return NOW < Number(value);
  if (about === 'action') return value.split(',').includes(action);
  if (about === 'resource') return resource.startsWith(value);
  return about === 'delegate';
}
