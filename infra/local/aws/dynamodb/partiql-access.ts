import * as z from 'zod';
import { AwsError } from '../http/aws-error.ts';
import type { Access } from '../iam/authorizer.ts';
import type { KeySchemas } from './key-schema.ts';
import { parseRequest } from './requests.ts';

const statement = z.looseObject({ Statement: z.string() });
const request = z.union([
  statement.transform((one) => [one]),
  z.looseObject({ Statements: z.array(statement) }).transform(({ Statements }) => Statements),
  z
    .looseObject({ TransactStatements: z.array(statement) })
    .transform(({ TransactStatements }) => TransactStatements),
]);

const target = String.raw`"?([\w.-]+)"?(?:\."([\w.-]+)")?`;
const kinds: readonly (readonly [RegExp, string])[] = [
  [new RegExp(String.raw`^\s*select\b.*?\bfrom\s+${target}`, 'is'), 'dynamodb:PartiQLSelect'],
  [new RegExp(String.raw`^\s*insert\s+into\s+${target}`, 'is'), 'dynamodb:PartiQLInsert'],
  [new RegExp(String.raw`^\s*update\s+${target}`, 'is'), 'dynamodb:PartiQLUpdate'],
  [new RegExp(String.raw`^\s*delete\s+from\s+${target}`, 'is'), 'dynamodb:PartiQLDelete'],
];

/** What PartiQL statements need. Their leading keys aren't derived, so the gate refuses to run even an allowed one. */
export function partiqlAccess(input: unknown, schemas: KeySchemas): Access[] {
  return parseRequest(request, input).map(({ Statement }) => {
    for (const [pattern, action] of kinds) {
      const [, table, index] = pattern.exec(Statement) ?? [];
      if (table === undefined) continue;
      const { tableArn } = schemas(table);
      return { action, resource: index === undefined ? tableArn : `${tableArn}/index/${index}` };
    }
    throw new AwsError('ValidationException', "Statement wasn't well formed, can't be processed");
  });
}
