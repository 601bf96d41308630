import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startOf } from '../aws/engine/ownership.ts';

const usersOf = (assembly: string) => join(assembly, '.users');

/** Notes that this process runs from an assembly: its functions are loaded from there at any time. */
export function noteUser(assembly: string): void {
  mkdirSync(usersOf(assembly), { recursive: true });
  writeFileSync(join(usersOf(assembly), String(process.pid)), startOf(process.pid) ?? '');
}

function isUsed(assembly: string): boolean {
  const users = existsSync(usersOf(assembly)) ? readdirSync(usersOf(assembly)) : [];
  return users.some((pid) => startOf(Number(pid)) === readFileSync(join(usersOf(assembly), pid), 'utf8'));
}

/**
 * Removes the assemblies that no process runs from. A draft, named `<assembly>.<process>`, is that process's.
 */
export function removeUnused(assemblies: string, current: string): void {
  for (const name of readdirSync(assemblies)) {
    const assembly = join(assemblies, name);
    const [, draftOf] = name.split('.');
    const used = draftOf === undefined ? isUsed(assembly) : startOf(Number(draftOf)) !== undefined;
    if (assembly !== current && !used) rmSync(assembly, { recursive: true, force: true });
  }
}
