import { readFileSync } from 'node:fs';
import { costTables } from '../cost/cost.ts';
import { buildStage } from '../infra/synthesized.ts';
import { survivorTable } from '../mutation/survivors.ts';
import { apiRoutes } from './api-routes.ts';
import { dashboardPicture } from './dashboard-picture.ts';
import { functionPowers } from './function-powers.ts';
import { withPart } from './generated-part.ts';
import { rolePermissions } from './role-permissions.ts';
import { tableReference } from './table-reference.ts';

/** Documents with a generated part between two comments; the rest is written by hand. */
export const generated: Readonly<Record<string, () => string>> = {
  'docs/api.md': apiRoutes,
  'docs/cost.md': costTables,
  'docs/reference/mutation-survivors.md': survivorTable,
  'docs/reference/table.md': tableReference,
  'docs/role-permissions.md': rolePermissions,
};

/**
 * A document whose part comes from the template, which takes seconds to synthesize: test/infra compares it.
 */
const fromTemplate = 'docs/security.md';

/** A document as it should be: the handwritten text with the currently generated part. */
export const renewed = (path: string): string =>
  withPart(readFileSync(path, 'utf8'), generated[path]?.() ?? '');

/** Drawn from the template of a stage with alarms. */
const picture = 'docs/images/dashboard.svg';

/** Every document with a generated part as it should be, by path. */
export function allRenewed(): ReadonlyMap<string, string> {
  const [local, prod] = [buildStage('local'), buildStage('prod')];
  try {
    const powers = functionPowers({ service: local.template('service'), web: local.template('web') });
    return new Map([
      ...Object.keys(generated).map((path) => [path, renewed(path)] as const),
      [fromTemplate, withPart(readFileSync(fromTemplate, 'utf8'), powers)],
      [picture, dashboardPicture(prod.template('monitoring'))],
    ]);
  } finally {
    local.discard();
    prod.discard();
  }
}
