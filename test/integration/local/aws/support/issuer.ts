import { once } from 'node:events';
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

type Header = Parameters<InstanceType<typeof SignJWT>['setProtectedHeader']>[0];

/** An identity provider with a port and a path, like the local run's, with configurable responses. */
export async function startIssuer() {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
  const answers = new Map<string, unknown>();
  const server = createServer((request, response) => {
    const body = answers.get(request.url ?? '');
    response.writeHead(body === undefined ? 404 : body === 'broken' ? 503 : 200);
    response.end(JSON.stringify(body ?? null));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const url = `http://127.0.0.1:${address.port}/clerk`;
  const discovery = '/clerk/.well-known/openid-configuration';
  answers.set(discovery, { issuer: url, jwks_uri: `${url}/keys` });
  answers.set('/clerk/keys', { keys: [jwk] });
  return {
    url,
    /** Its host, port and path, as in policies. */
    host: url.replace('http://', ''),
    /** Sets the discovery document. */
    describeAs: (document: unknown) => answers.set(discovery, document),
    /** A valid token for the audience `app`, with changed claims and header; undefined omits a claim. */
    token(
      changed: Readonly<Record<string, unknown>> = {},
      { header = {}, key = privateKey }: { header?: Partial<Header>; key?: CryptoKey } = {},
    ) {
      const now = Math.floor(Date.now() / 1000);
      const claims = { iss: url, sub: 'user_1', aud: 'app', azp: 'app', iat: now, exp: now + 60, ...changed };
      return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'k1', ...header }).sign(key);
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export type Issuer = Awaited<ReturnType<typeof startIssuer>>;
