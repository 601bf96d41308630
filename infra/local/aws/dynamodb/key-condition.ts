import { AwsError } from '../http/aws-error.ts';

interface Placeholders {
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, unknown>>;
}

const token = /\s*(?:(<>|<=|>=|[=<>(),])|([#:]?[\w.-]+))/gy;

function tokens(expression: string): string[] {
  const found: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < expression.trimEnd().length) {
    const [, symbol, word] = token.exec(expression) ?? [];
    const next = symbol ?? word;
    if (next === undefined)
      throw new AwsError(
        'ValidationException',
        `Invalid KeyConditionExpression: Syntax error in "${expression}"`,
      );
    found.push(next);
  }
  return found;
}

/**
 * The value that a KeyConditionExpression fixes an index's or table's partition key to. DynamoDB wants exactly one equality
 * on it, so anything else is refused here: the gate must never judge another key than the engine reads.
 * Source: DynamoDB Developer Guide, "Key condition expressions for the Query operation".
 */
export function partitionValue(
  expression: string,
  partitionKey: string,
  placeholders: Placeholders,
): unknown {
  const words = tokens(expression);
  const values = words.flatMap((word, index) => {
    if (word !== '=') return [];
    const sides = [words[index - 1] ?? '', words[index + 1] ?? ''];
    const value = sides.find((side) => side.startsWith(':'));
    const name = sides.find((side) => !side.startsWith(':'));
    if (value === undefined || name === undefined) return [];
    return (placeholders.names[name] ?? name) === partitionKey ? [placeholders.values[value]] : [];
  });
  if (values.length !== 1)
    throw new AwsError('ValidationException', `Query condition missed key schema element: ${partitionKey}`);
  return values[0];
}
