import type { Template } from 'aws-cdk-lib/assertions';
import * as z from 'zod';

const oneOrMore = <Item extends z.ZodType>(item: Item) =>
  z.union([z.array(item), item.transform((one) => [one])]);

const Statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMore(z.string()),
  Resource: oneOrMore(z.unknown()).optional(),
  Principal: z.unknown().optional(),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});
export type Statement = z.output<typeof Statement>;

const Document = z.object({ Statement: z.array(Statement) });
const Reference = z.object({ Ref: z.string() });
const GetAtt = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) });

const FunctionResource = z.object({
  Properties: z.object({
    Role: GetAtt,
    Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
  }),
});
const PolicyResource = z.object({
  Properties: z.object({ PolicyDocument: Document, Roles: z.array(Reference) }),
});
const RoleResource = z.object({
  Properties: z.object({ AssumeRolePolicyDocument: Document, Description: z.string().optional() }),
});

/** One of our functions, by its entry's name, e.g. `audit-writer`. */
export interface DeployedFunction {
  readonly logicalId: string;
  readonly roleId: string;
  readonly environment: Readonly<Record<string, unknown>>;
}

/** All functions of ours in a template, by name. */
export const functionsIn = (template: Template): (DeployedFunction & { readonly name: string })[] =>
  Object.entries(template.findResources('AWS::Lambda::Function')).flatMap(([logicalId, resource]) => {
    const { data } = FunctionResource.safeParse(resource);
    const name = data?.Properties.Environment.Variables.POWERTOOLS_SERVICE_NAME;
    if (data === undefined || typeof name !== 'string') return [];
    const { Role, Environment } = data.Properties;
    return [{ name, logicalId, roleId: Role['Fn::GetAtt'][0], environment: Environment.Variables }];
  });

export const functionNamed = (template: Template, name: string): DeployedFunction => {
  const found = functionsIn(template).find((one) => one.name === name);
  if (found === undefined) throw new Error(`The template has no function ${name}`);
  return found;
};

/** All statements of the policies attached to a role. */
export const statementsOf = (template: Template, roleId: string): Statement[] =>
  Object.values(template.findResources('AWS::IAM::Policy'))
    .map((policy) => PolicyResource.parse(policy).Properties)
    .filter(({ Roles }) => Roles.some(({ Ref }) => Ref === roleId))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement);

/**
 * A role's permissions except for logs and traces, as `service:Action, … on resource`, without conditions.
 */
export const permissionsOf = (template: Template, roleId: string): string[] =>
  statementsOf(template, roleId)
    .filter(({ Action }) => !Action.every((action) => /^(?:logs|xray):/.test(action)))
    .map(
      ({ Effect, Action, Resource }) =>
        `${Effect} ${Action.join(' ')} on ${(Resource ?? []).map(plain).join(' ')}`,
    );

/** The role whose description starts with this, with the statements of its trust policy. */
export const roleDescribed = (template: Template, beginning: string) => {
  for (const [roleId, resource] of Object.entries(template.findResources('AWS::IAM::Role'))) {
    const { Description, AssumeRolePolicyDocument } = RoleResource.parse(resource).Properties;
    if (Description?.startsWith(beginning)) return { roleId, trust: AssumeRolePolicyDocument.Statement };
  }
  throw new Error(`The template has no role described as ${beginning}`);
};

/** Every statement of every policy of a template: identity policies, trust policies, resource policies. */
export const allStatements = (
  template: Template,
): { readonly holder: string; readonly statement: Statement }[] => {
  const documents = new Map<string, unknown[]>();
  const visit = (holder: string, value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(holder, item);
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value))
        if (/PolicyDocument$/.test(key)) documents.set(holder, [...(documents.get(holder) ?? []), inner]);
        else visit(holder, inner);
  };
  for (const [holder, resource] of Object.entries(template.toJSON().Resources)) visit(holder, resource);
  return [...documents].flatMap(([holder, found]) =>
    found.flatMap((document) =>
      Document.parse(document).Statement.map((statement) => ({ holder, statement })),
    ),
  );
};

const Join = z.object({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) });
const Substituted = z.object({ 'Fn::Sub': z.string() });
const Output = z.object({ 'Fn::GetStackOutput': z.object({ OutputName: z.string() }) });

/**
 * A template value as one readable string: `<LogicalId.Attribute>` or `<LogicalId>`, without CDK's hashes.
 */
export const plain = (value: unknown): string => {
  if (typeof value === 'string') return value;
  const join = Join.safeParse(value);
  const substituted = Substituted.safeParse(value);
  if (substituted.success) return substituted.data['Fn::Sub'];
  if (join.success) return join.data['Fn::Join'][1].map(plain).join(join.data['Fn::Join'][0]);
  const output = Output.safeParse(value).data?.['Fn::GetStackOutput'].OutputName;
  const imported = outputName.exec(output ?? '')?.groups;
  if (imported) return `<${[imported.id, imported.attribute].filter(Boolean).join('.')}>`;
  if (output !== undefined) return `<${output}>`;
  const [id, attribute] = GetAtt.safeParse(value).data?.['Fn::GetAtt'] ?? [Reference.parse(value).Ref];
  return `<${[id.replace(hash, ''), attribute].filter(Boolean).join('.')}>`;
};

const hash = /[0-9A-F]{8}$/;
const outputName = /PublishOutput(?:Ref|FnGetAtt)(?<id>\w+?)[0-9A-F]{8}(?<attribute>[A-Z]\w*?)?[0-9A-F]{8}$/;

/** The condition that limits a statement to items whose partition keys match. */
export const only = (...patterns: string[]) => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': patterns },
  Null: { 'dynamodb:LeadingKeys': 'false' },
});
