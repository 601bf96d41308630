import { directoryShards } from '../table/layout.ts';

/** A name as the directory compares it: case, accents' encoding and runs of spaces don't make another name. */
export const directoryName = (name: string): string =>
  name.trim().normalize('NFKC').toLowerCase().replaceAll('#', ' ').replaceAll(/\s+/g, ' ');

/** Which of the directory's keys an organization is under: spread evenly by its id. */
export function directoryShard(organizationId: string): number {
  let sum = 0;
  for (const character of organizationId) sum = (sum * 31 + character.charCodeAt(0)) % 65_521;
  return sum % directoryShards;
}
