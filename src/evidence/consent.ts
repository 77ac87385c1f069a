import { expectTime } from '../cbor/expect.ts';
import { type Field, field } from '../cbor/fields.ts';
import type { Item } from './item.ts';

/** The claims of a consent: the human says yes to a grant that an authority made in their name (spec §5.8.3). */
export interface ConsentClaims {
  /** When, in Unix seconds. */
  readonly iat: number;
}

/** A consent that was read; nothing about it is verified. */
export type Consent = Item<'consent', ConsentClaims>;

/** The payload of a consent. */
export const consentFields: readonly Field[] = [field(6, 'iat', expectTime)];
