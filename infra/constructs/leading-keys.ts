/**
 * IAM condition: all partition keys in the request match one of the patterns (`StringLike` syntax), and
 * there is at least one. Without the second half, a request without a key would pass, because "all of none"
 * is true. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 */
export const onlyLeadingKeys = (patterns: readonly string[]) => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': patterns },
  Null: { 'dynamodb:LeadingKeys': 'false' },
});

/** IAM condition of a Deny statement: any partition key in the request matches one of the patterns. */
export const anyLeadingKey = (patterns: readonly string[]) => ({
  'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': patterns },
});
