import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const peers = fileURLToPath(new URL('..', import.meta.url));

/**
 * Lays the built package out as a user would have it installed: with its dependencies, with the optional packages that
 * are named, and with no other in reach. Each copy is a module graph of its own, so that several run in one process.
 *
 * @returns the address of its main module
 * @throws Error where an optional package is not installed in `bench/`
 */
export function stage(optional: readonly string[]): string {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const packages = [
    ...Object.keys(manifest.dependencies).map((name) => [name, root] as const),
    ...optional.map((name) => [name, peers] as const),
  ];
  const targets = packages.map(([name, from]) => {
    const target = join(from, 'node_modules', name);
    if (!existsSync(target)) throw new Error(`${name} is not installed`);
    return [name, target] as const;
  });
  const folder = mkdtempSync(join(tmpdir(), 'writ-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  cpSync(join(root, 'dist/src'), join(folder, 'dist/src'), { recursive: true });
  for (const [name, target] of targets) {
    const path = join(folder, 'node_modules', name);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(target, path, 'dir');
  }
  return pathToFileURL(join(folder, 'dist/src/index.js')).href;
}
