import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { findingKinds } from '../../../domain/import/finding.ts';
import { Mapping } from '../../../domain/import/mapping.schema.ts';
import { partitionPatterns } from '../../../domain/table/layout.ts';
import { readOptions } from '../../../infra/import/import.ts';

const guide = readFileSync('docs/import.md', 'utf8');
const block = (language: string): string => {
  const text = new RegExp(`\`\`\`${language}\n(.+?)\`\`\``, 's').exec(guide)?.[1];
  if (text === undefined) throw new Error(`docs/import.md has no ${language}`);
  return text;
};

describe('the guide to the import', () => {
  it('lists every finding as the importer knows it, and no other', () => {
    const rows = Object.entries(findingKinds).map(
      ([kind, { level, means, does }]) => `| \`${kind}\` | ${level} | ${means} | ${does} |`,
    );
    const listed = guide.slice(guide.indexOf('## Findings')).match(/^\| `.*$/gm);
    expect(listed?.toSorted()).toEqual(rows.toSorted());
  });

  it('shows a mapping that is one, with all its parts', () => {
    const shown = Mapping.parse(JSON.parse(block('json mapping')));
    expect(Object.values(shown).filter((part) => Object.keys(part).length === 0)).toEqual([]);
  });

  it('names the partitions that the import touches', () => {
    const Policy = z.object({
      Condition: z.object({
        'ForAllValues:StringLike': z.object({ 'dynamodb:LeadingKeys': z.array(z.string()) }),
      }),
    });
    const policy = Policy.parse(JSON.parse(block('json policy')));
    const keys = policy.Condition['ForAllValues:StringLike']['dynamodb:LeadingKeys'];
    // Index keys are written with the items and aren't leading keys.
    const indexKeys = [
      ...['platform#organizations#*', 'platform#organization-terms'],
      ...['org_*#member#*', 'org_*#users', 'org_*#joined'],
    ];
    expect(keys.toSorted()).toEqual(
      partitionPatterns.import.filter((key) => !indexKeys.includes(key)).sort(),
    );
  });

  it('shows commands that the command line takes', () => {
    const commands = [...guide.matchAll(/^npm run import -- (.+)$/gm)].map(([, args = '']) =>
      args.split(' '),
    );
    expect(commands).toHaveLength(3);
    for (const args of commands) expect(readOptions(args).does).not.toBe('help');
  });
});
