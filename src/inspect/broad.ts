import type { Authority } from '../decide/effective.ts';
import { ANY, type Permission } from '../scope/permission.ts';
import { describePermission } from '../scope/permission-form.ts';
import type { Reviewed, Warning } from './warning.ts';

/** Authority without the bounds that a mission should have: any action, any resource, or no status that ends it. */
export function findBroad({ authorities }: Reviewed): Warning[] {
  const { conditions } = authorities.at(-1) as Authority;
  const scopes = conditions.scope ?? [];
  const [broad] = scopes[0]?.value.filter(isBroad) ?? [];
  // Where two scopes hold together, one that is bounded bounds the other.
  const unbounded = broad !== undefined && scopes.every(({ value }) => value.some(isBroad));
  return [
    ...(unbounded
      ? [{ code: 'over-broad', caveat: 'scope', detail: `it may ${describePermission(broad)}` } as const]
      : []),
    ...(conditions.alive === undefined
      ? [
          {
            code: 'without-status',
            detail: 'no mission status is demanded: nothing but expiry ends it',
          } as const,
        ]
      : []),
  ];
}

function isBroad({ actions, resources }: Permission): boolean {
  return actions.includes(ANY) || resources.some((pattern) => /^([a-z][a-z0-9+.-]*:\/\/)?\*/.test(pattern));
}
