import * as z from 'zod';
import type { Role } from '../aws/iam/role.ts';
import type { Deployment } from './deployment.ts';
import { attributeOf } from './physical-names.ts';

const namedPolicy = z.object({ PolicyName: z.string(), PolicyDocument: z.unknown() });
const role = z.looseObject({
  AssumeRolePolicyDocument: z.unknown(),
  Policies: z.array(namedPolicy).default([]),
  MaxSessionDuration: z.number().default(3600),
  Tags: z.array(z.object({ Key: z.string(), Value: z.string() })).default([]),
});
const policy = namedPolicy.loose().extend({ Roles: z.array(z.string()).default([]) });

/** The roles of the deployment, each with all its policies: those inside it, and those attached to it. */
export function rolesOf(deployment: Deployment): Role[] {
  const attached = deployment.all('AWS::IAM::Policy').map(({ properties }) => policy.parse(properties));
  return deployment.all('AWS::IAM::Role').map((resource) => {
    const { AssumeRolePolicyDocument, Policies, MaxSessionDuration, Tags } = role.parse(resource.properties);
    const name = attributeOf(resource, 'Ref');
    const policies = [...Policies, ...attached.filter(({ Roles }) => Roles.includes(name))];
    return {
      arn: attributeOf(resource, 'Arn'),
      id: attributeOf(resource, 'RoleId'),
      trustPolicy: AssumeRolePolicyDocument,
      policies: policies.map(({ PolicyName, PolicyDocument }) => ({
        name: PolicyName,
        document: PolicyDocument,
      })),
      tags: Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])),
      maxSessionDuration: MaxSessionDuration,
    };
  });
}
