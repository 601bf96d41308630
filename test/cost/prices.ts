/**
 * List prices in US dollars, without free tiers, discounts and taxes. Source: the services' pricing pages;
 * compare them before you rely on a total.
 */
export const prices = {
  region: 'eu-central-1',
  date: '2026-11',
  /** API Gateway, HTTP API: a request. */
  apiRequest: 1.2e-6,
  /** CloudFront: an HTTPS request, and a GB transferred to Europe. */
  edgeRequest: 1.2e-6,
  edgeGigabyte: 0.085,
  /** WAF: a web ACL and each of its rules per month, and each inspected request. */
  firewall: 5,
  firewallRule: 1,
  firewallRequest: 0.6e-6,
  /** Lambda on arm64: an invocation, and a second of a GB of memory. */
  invocation: 0.2e-6,
  gigabyteSecond: 1.33334e-5,
  /** DynamoDB on demand: a read unit, a write unit, a GB per month with continuous backup and backups. */
  readUnit: 0.1525e-6,
  writeUnit: 0.7625e-6,
  tableGigabyte: 0.306,
  recoveryGigabyte: 0.245,
  backupGigabyte: 0.12,
  /** EventBridge: an event on the bus. */
  event: 1e-6,
  /** CloudWatch: a GB of ingested logs, a metric, an alarm. X-Ray: a trace. */
  logGigabyte: 0.63,
  metric: 0.3,
  alarm: 0.1,
  trace: 5e-6,
  /** KMS: a key per month, and a signature. Secrets Manager: a secret per month. S3: a put. */
  key: 1,
  signature: 15e-6,
  secret: 0.4,
  objectPut: 5.4e-6,
} as const;
