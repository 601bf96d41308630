import { createHash, createHmac } from 'node:crypto';

/** A distribution's state at CloudFront. */
interface Deployed {
  /** Whether it is deployed to every edge location. */
  readonly isEverywhere: boolean;
  /** The header value currently sent to the API. */
  readonly sent: string;
}

/** Reads and changes one header that a distribution sends to its origins. */
interface DistributionHeader {
  /** Changes the header's value. Does nothing if it is already set. */
  send(value: string): Promise<void>;
  read(): Promise<Deployed>;
}

const host = 'cloudfront.amazonaws.com';

/**
 * Uses CloudFront's REST API directly: an SDK client would drop configuration that it doesn't know, and
 * thereby reset it. https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_UpdateDistribution.html
 * @param header in lower case
 */
export function distributionHeader(distributionId: string, header: string): DistributionHeader {
  const path = `/2020-05-31/distribution/${distributionId}`;
  const item = new RegExp(
    `(<HeaderName>${RegExp.escape(header)}</HeaderName>\\s*<HeaderValue>)([^<]*)(</HeaderValue>)`,
    'i',
  );
  const sentBy = (xml: string): string => {
    const [, , value] = item.exec(xml) ?? [];
    if (value === undefined) throw new Error(`The distribution ${distributionId} sends no ${header}.`);
    return value;
  };
  return {
    async send(value) {
      const { xml, etag } = await ask('GET', `${path}/config`);
      if (sentBy(xml) === value) return;
      const changed = xml.replace(
        item,
        (_, before: string, __, after: string) => `${before}${value}${after}`,
      );
      await ask('PUT', `${path}/config`, { body: changed, etag });
    },
    async read() {
      const { xml } = await ask('GET', path);
      return { isEverywhere: xml.includes('<Status>Deployed</Status>'), sent: sentBy(xml) };
    },
  };
}

interface Change {
  readonly body: string;
  /** ETag of the configuration it is based on: a concurrent change is refused with 412. */
  readonly etag: string;
}

async function ask(method: 'GET' | 'PUT', path: string, change?: Change) {
  const body = change?.body ?? '';
  const headers = {
    ...(change && { 'content-type': 'text/xml', 'if-match': change.etag }),
    ...signature(method, path, body, new Date()),
  };
  const answer = await fetch(`https://${host}${path}`, { method, headers, ...(change && { body }) });
  const xml = await answer.text();
  if (answer.ok) return { xml, etag: answer.headers.get('etag') ?? '' };
  const [, code = 'no code'] = /<Code>(\w+)<\/Code>/.exec(xml) ?? [];
  throw new Error(`CloudFront answered ${method} ${path} with ${answer.status} (${code}).`);
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/**
 * Headers that sign a request with the function's credentials (SigV4). CloudFront is signed for us-east-1.
 * Source: AWS Identity and Access Management User Guide, "Create a signed AWS API request".
 */
function signature(method: string, path: string, body: string, now: Date): Record<string, string> {
  const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '', AWS_SESSION_TOKEN = '' } = process.env;
  const time = now.toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = [time.slice(0, 8), 'us-east-1', 'cloudfront', 'aws4_request'];
  const signed = { host, 'x-amz-date': time, 'x-amz-security-token': AWS_SESSION_TOKEN };
  const names = Object.keys(signed).join(';');
  const lines = Object.entries(signed).map(([name, value]) => `${name}:${value}\n`);
  const request = [method, path, '', lines.join(''), names, sha256(body)].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', time, scope.join('/'), sha256(request)].join('\n');
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${AWS_SECRET_ACCESS_KEY}`);
  const { host: _, ...headers } = signed;
  const credential = `${AWS_ACCESS_KEY_ID}/${scope.join('/')}`;
  return {
    ...headers,
    authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names}, Signature=${hmac(key, toSign).toString('hex')}`,
  };
}
