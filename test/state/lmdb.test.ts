import { lmdbStore } from '../../src/state/lmdb.ts';
import { contract } from './contract.ts';
import { newPath } from './lmdb/folder.ts';

contract('lmdb', () => {
  const store = lmdbStore({ path: newPath() });
  return { store, close: () => store.close() };
});
