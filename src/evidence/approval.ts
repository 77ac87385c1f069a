import { malformed } from '../cbor/expect.ts';
import { type Field, field } from '../cbor/fields.ts';
import { requestFields } from '../token/claims.ts';
import type { InvocationClaims, Task } from '../token/model.ts';
import type { Item } from './item.ts';

/** The claims of an approval: the request's own, and a yes or a no (spec §5.8.2). */
export interface ApprovalClaims extends Omit<InvocationClaims, keyof Task> {
  /** Until when it is good, in Unix seconds. */
  readonly exp: number;
  /** When the approver answered. */
  readonly iat: number;
  readonly approved: boolean;
}

/** An approval that was read; nothing about it is verified. */
export type ApprovalItem = Item<'approval', ApprovalClaims>;

/** The payload of an approval. */
export const approvalFields: readonly Field[] = [
  ...requestFields,
  field(10, 'approved', (value, path) => (typeof value === 'boolean' ? value : malformed(path))),
];
