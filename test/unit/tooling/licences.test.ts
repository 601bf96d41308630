import { describe, expect, it } from 'vitest';
import { isPermissive, packageOf, refusedLicences } from '../../bundles/licences.ts';

describe('the licence check', () => {
  it.each(['MIT', 'Apache-2.0', '(MIT OR GPL-3.0)', 'MIT AND ISC'])('accepts %s', (expression) => {
    expect(isPermissive(expression)).toBe(true);
  });

  it.each(['AGPL-3.0', 'UNLICENSED', 'MIT AND GPL-3.0', 'none named'])('refuses %s', (expression) => {
    expect(isPermissive(expression)).toBe(false);
  });

  it.each([
    ['node_modules/jose/dist/index.js', 'node_modules/jose'],
    ['/app/node_modules/@aws-sdk/client-sts/x.js', 'node_modules/@aws-sdk/client-sts'],
    ['node_modules/a/node_modules/@b/c/x.js', 'node_modules/a/node_modules/@b/c'],
    ['domain/ids.ts', undefined],
  ])('finds the package of %s', (module, path) => {
    expect(packageOf(module)).toBe(path);
  });

  it('names the package it refuses: the IAM simulator of the local runner must not be deployed', () => {
    expect(refusedLicences(['node_modules/@cloud-copilot/iam-simulate/index.js', 'domain/ids.ts'])).toEqual([
      'node_modules/@cloud-copilot/iam-simulate: AGPL-3.0-or-later',
    ]);
  });
});
