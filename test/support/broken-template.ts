import * as z from 'zod';
import type { TransformTemplate } from '../../infra/local/assembly/deployment.ts';

/** Templates that are broken on purpose, to check that a test fails. */

type Properties = Record<string, unknown>;

/** Changes every resource of a type whose logical id matches. */
const changing =
  (type: string, id: RegExp, change: (properties: Properties) => Properties): TransformTemplate =>
  (template) => ({
    ...template,
    Resources: Object.fromEntries(
      Object.entries(template.Resources).map(([logicalId, resource]) => [
        logicalId,
        resource.Type === type && id.test(logicalId)
          ? { ...resource, Properties: change(resource.Properties) }
          : resource,
      ]),
    ),
  });

const Statement = z.looseObject({ Effect: z.string(), Sid: z.string().optional() });
const Policy = z.looseObject({ Statement: z.array(Statement) });

const changingTenantRole = (change: (statements: z.infer<typeof Statement>[]) => object[]) =>
  changing('AWS::IAM::Policy', /^TenantRole/, (properties) => {
    const policy = Policy.parse(properties.PolicyDocument);
    return { ...properties, PolicyDocument: { ...policy, Statement: change(policy.Statement) } };
  });

/** The tenant role without conditions on its Allow statements; Deny statements are unchanged. */
export const withoutConditions = changingTenantRole((statements) =>
  statements.map(({ Condition, ...statement }) =>
    statement.Effect === 'Allow' ? statement : { ...statement, Condition },
  ),
);

/** The tenant role may not use the index of members and teams. */
export const withoutIndex = changingTenantRole((statements) =>
  statements.filter(({ Sid }) => Sid !== 'OwnMembersAndTeams'),
);
