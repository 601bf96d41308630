import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ApprovalKind } from '../../../domain/approval/kinds.schema.ts';

const sources = new Map(
  globSync('{domain,functions,events}/**/*.ts').map((path) => [path, readFileSync(path, 'utf8')]),
);
/** The files that use a name, except the one that declares it. */
const usersOf = (name: string, home: string): string[] =>
  [...sources].flatMap(([path, text]) =>
    path !== home && new RegExp(`\\b${name}\\b`).test(text) ? [path] : [],
  );

/** The use case of each kind, which requires the approval. */
const useCases: Readonly<Record<ApprovalKind, string>> = {
  'super-admin.create': 'domain/approval/make-super-admin.ts',
  'audit-feed.export': 'domain/approval/export-feed.ts',
  'support-access.extend': 'domain/support-access/manage-support-access.ts',
  'organization.remove-data': 'domain/departure/begin-deletion.ts',
};

describe('what takes two super admins', () => {
  it.each(ApprovalKind.options)('is asked for by the use case of %s itself', (kind) => {
    const useCase = useCases[kind];
    const text = sources.get(useCase) ?? '';
    expect(text).toContain(`'${kind}'`);
    expect(text).toMatch(/\brequireApproval\(|\bapprovalBroken\(/);
  });

  it('is done nowhere else: nothing else makes a super admin', () => {
    expect(usersOf('superAdminWrites', 'domain/user/super-admins.ts')).toEqual([
      useCases['super-admin.create'],
    ]);
    expect(usersOf('makeSuperAdmin', 'domain/approval/make-super-admin.ts').toSorted()).toEqual([
      'domain/approval/keep-approvals.ts',
      'functions/approvals/approvals.ts',
    ]);
  });

  it('is done nowhere else: nothing else begins a deletion, and what deletes asks the approval itself', () => {
    expect(usersOf('deletionStartedAt', 'domain/departure/departure.schema.ts').toSorted()).toEqual([
      'domain/departure/begin-deletion.ts',
      'domain/departure/departure.noun.ts',
      'domain/departure/keep-removals.ts',
    ]);
    expect(sources.get('domain/departure/keep-removals.ts')).toContain('await assertApproved(');
  });

  it('is done nowhere else: nothing else puts all organizations’ entries into a file', () => {
    const both = usersOf('auditFeed', 'domain/audit/list-feed.ts').filter((path) =>
      /\bexportPart\b/.test(sources.get(path) ?? ''),
    );
    expect(both).toEqual([useCases['audit-feed.export']]);
  });
});
