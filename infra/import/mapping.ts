import { readFileSync } from 'node:fs';
import { Mapping } from '../../domain/legacy/mapping.schema.ts';
import { ImportProblem } from './import-problem.ts';

/** Reads the decisions, none without a file. Throws `ImportProblem` that names what is wrong. */
export function readMapping(path: string | undefined): Mapping {
  if (path === undefined) return Mapping.parse({});
  const result = Mapping.safeParse(read(path));
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    ({ path: at, message }) => `  ${at.join('.') || 'all of it'}: ${message}`,
  );
  throw new ImportProblem(`The mapping ${path} is not one:\n${problems.join('\n')}`);
}

function read(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new ImportProblem(
      `The mapping ${path} can't be read: ${error instanceof Error ? error.message : error}`,
    );
  }
}
